insert into sources values ('pets', '{"kind":"openapi","location":"https://pets.example/openapi.json","baseUrl":"https://api.pets.example"}', '["10.0.0.0/8","localhost:9000"]', 1795262400123);
insert into sources values ('files', '{"kind":"mcp","server":{"kind":"stdio","command":["npx","-y","x"],"env":{"A":"${B}"},"workingDirectory":""}}', '[]', 1795262400123);
insert into versions values ('sha256:e3244be9da41e8fcea0a6ce9b200f94fab0e2f5df6ba5406c567193aa358ce3b', 'pets', 'list', '{"name":"pets.list","title":"","description":"Lists päts","inputs":{"type":"object","properties":{"limit":{"type":"integer","maximum":100}}},"outputs":{},"annotations":{},"tags":["sample"],"tool_call_template":{"call_template_type":"text","content":"hello"},"hosts":[]}', 1795262400123);
insert into standings values ('pets', 'list', 'sha256:e3244be9da41e8fcea0a6ce9b200f94fab0e2f5df6ba5406c567193aa358ce3b', 'sha256:e3244be9da41e8fcea0a6ce9b200f94fab0e2f5df6ba5406c567193aa358ce3b', 'eve', 1795262400123, 1795262401123, 'sha256:e3244be9da41e8fcea0a6ce9b200f94fab0e2f5df6ba5406c567193aa358ce3b', 'eve', 1795262400123, 'resting', 'flagged');
insert into callers values ('ada', 'AGENT', '["agent"]', '["pets:read"]');
insert into caller_keys values ('k1', 'ada', '00ff', 1795262400123, 1795262401123, 1795262402123);
insert into policies values (1, 'rules: []
', 'eve', 1795262400123);
insert into sealed_secrets values ('KEY', 'source:pets', 'AQID', 1795262400123);
