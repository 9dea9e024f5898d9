#!/usr/bin/env node
// The server behind the gateway that the official MCP conformance suite looks for: every tool, resource and prompt its
// scenarios name.
//   node conformance-fixture.mjs --http 3900 [--era dual|legacy|modern]     -> http://127.0.0.1:3900/mcp
//   node conformance-fixture.mjs --stdio                                   -> newline-delimited JSON-RPC
// Serves 2025-03-26 .. 2025-11-25 (sessions, SSE, resumability) and 2026-07-28 (stateless), plus the
// io.modelcontextprotocol/tasks extension tools, so it can stand behind a gateway under test.
import http from 'node:http';
import { randomUUID, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/v4';
import { McpServer, ResourceTemplate, createMcpHandler, createRequestStateCodec, classifyInboundRequest,
  fromJsonSchema, inputRequired, isInitializeRequest, ProtocolError } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { NodeStreamableHTTPServerTransport, toNodeHandler, localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/node';

const arg = (k, d) => { const i = process.argv.indexOf(k); return i < 0 ? d : process.argv[i + 1]; };
const ERA = arg('--era', 'dual'), STDIO = process.argv.includes('--stdio');
const text = t => ({ content: [{ type: 'text', text: String(t) }] });
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WAV = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';
const img = { type: 'image', data: PNG, mimeType: 'image/png' };
const res = (uri, mimeType, t) => ({ type: 'resource', resource: { uri, mimeType, text: t } });
const obj = (properties, required = Object.keys(properties)) => ({ type: 'object', properties, required });
const str = { type: 'string' };
const codec = createRequestStateCodec({ key: new Uint8Array(randomBytes(32)) });
const accepted = (ctx, key, test) => { const r = ctx.mcpReq.inputResponses?.[key];
  return r && r.action === 'accept' && r.content && test(r.content) ? r.content : undefined; };
const ask = (message, props) => inputRequired.elicit({ message, requestedSchema: obj(props) });
const llm = (t, maxTokens = 100) => inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: t } }], maxTokens });
let bus = null;                                    // set by the modern HTTP handler

/* ------------------------------------------------------------------ tools --------------------- */
const TOOLS = {
  test_simple_text: async () => text('This is a simple text response for testing.'),
  test_image_content: async () => ({ content: [img] }),
  test_audio_content: async () => ({ content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] }),
  test_embedded_resource: async () => ({ content: [res('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')] }),
  test_multiple_content_types: async () => ({ content: [{ type: 'text', text: 'Multiple content types test:' }, img,
    res('test://mixed-content-resource', 'application/json', JSON.stringify({ test: 'data', value: 123 }))] }),
  test_error_handling: async () => ({ isError: true, ...text('This tool intentionally returns an error for testing') }),
  test_tool_with_logging: async (_, ctx) => { for (const m of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await ctx.mcpReq.log('info', m); await sleep(50); } return text('Tool with logging executed successfully'); },
  test_tool_with_progress: async (_, ctx) => { const t = ctx.mcpReq._meta?.progressToken;
    for (const p of [0, 50, 100]) { if (t !== undefined) await ctx.mcpReq.notify({ method: 'notifications/progress', params: { progressToken: t, progress: p, total: 100 } }); await sleep(50); }
    return text('progress done'); },
  test_reconnection: async (_, ctx) => { ctx.http?.closeSSE?.(); await sleep(150); return text('Reconnection test completed'); },
  // server-initiated requests (2025 eras)
  test_sampling: { schema: obj({ prompt: str }), run: async (a, ctx) => { const r = await ctx.mcpReq.requestSampling({
      messages: [{ role: 'user', content: { type: 'text', text: a.prompt } }], maxTokens: 100 }); return text(`LLM response: ${r.content?.text ?? ''}`); } },
  test_elicitation: { schema: obj({ message: str }), run: async (a, ctx) => elicit(ctx, a.message, { username: str, email: str }, ['username', 'email'], 'User response') },
  test_elicitation_sep1034_defaults: async (_, ctx) => elicit(ctx, 'Please review the defaults', { name: { ...str, default: 'John Doe' }, age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 }, status: { ...str, enum: ['active', 'inactive', 'pending'], default: 'active' }, verified: { type: 'boolean', default: true } }),
  test_elicitation_sep1330_enums: async (_, ctx) => elicit(ctx, 'Pick options', { untitledSingle: { ...str, enum: ['option1', 'option2', 'option3'] },
    titledSingle: { ...str, oneOf: titled('Option') }, legacyEnum: { ...str, enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] },
    untitledMulti: { type: 'array', items: { ...str, enum: ['option1', 'option2', 'option3'] } }, titledMulti: { type: 'array', items: { anyOf: titled('Choice') } } }),
  json_schema_2020_12_tool: { schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object',
    $defs: { address: { $anchor: 'addressDef', type: 'object', properties: { street: str, city: str } } },
    properties: { name: str, address: { $ref: '#/$defs/address' }, contactMethod: { ...str, enum: ['phone', 'email'] }, phone: str, email: str },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }], if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    then: { required: ['phone'] }, else: { required: ['email'] }, additionalProperties: false }, run: async a => text(JSON.stringify(a)) },
  test_x_mcp_header: { schema: { type: 'object', properties: { region: { ...str, 'x-mcp-header': 'Region' }, level: { type: 'integer' } } }, run: async a => text(`region=${a.region}`) },
  // server-stateless diagnostics (2026-07-28)
  test_missing_capability: async (_, ctx) => ctx.mcpReq.inputResponses?.llm ? text('ok') : inputRequired({ inputRequests: { llm: llm('Say pong', 16) } }),
  test_streaming_elicitation: async () => text('no independent requests on this stream'),
  test_logging_tool: async (_, ctx) => { await ctx.mcpReq.log('info', 'only with _meta logLevel'); return text('logged'); },
  test_trigger_tool_change: async () => { bus?.toolsChanged(); return text('published'); },
  test_trigger_prompt_change: async () => { bus?.promptsChanged(); return text('published'); },
  // multi round-trip requests (2026-07-28)
  test_input_required_result_elicitation: async (_, ctx) => { const c = accepted(ctx, 'user_name', x => typeof x.name === 'string');
    return c ? text(`Hello, ${c.name}!`) : inputRequired({ inputRequests: { user_name: ask('What is your name?', { name: str }) } }); },
  test_input_required_result_sampling: async (_, ctx) => { const r = ctx.mcpReq.inputResponses?.capital_question;
    return r ? text(`Sampling response: ${r.content?.text ?? ''}`) : inputRequired({ inputRequests: { capital_question: llm('What is the capital of France?') } }); },
  test_input_required_result_list_roots: async (_, ctx) => { const r = ctx.mcpReq.inputResponses?.client_roots;
    return Array.isArray(r?.roots) ? text(`${r.roots.length} root(s): ${r.roots.map(x => x.uri)}`) : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } }); },
  test_input_required_result_request_state: async (_, ctx) => ctx.mcpReq.requestState()?.t === 'rs' && accepted(ctx, 'confirm', x => x.ok === true) ? text('state-ok')
    : inputRequired({ inputRequests: { confirm: ask('Please confirm', { ok: { type: 'boolean' } }) }, requestState: await codec.mint({ t: 'rs', n: randomUUID() }) }),
  test_input_required_result_tampered_state: async (_, ctx) => ctx.mcpReq.requestState()?.t === 'ts' && ctx.mcpReq.inputResponses?.confirm ? text('integrity-ok')
    : inputRequired({ inputRequests: { confirm: ask('Please confirm', { ok: { type: 'boolean' } }) }, requestState: await codec.mint({ t: 'ts', n: randomUUID() }) }),
  test_input_required_result_multiple_inputs: async (_, ctx) => { const r = ctx.mcpReq.inputResponses ?? {};
    return ctx.mcpReq.requestState()?.t === 'mi' && r.user_name && r.greeting && r.client_roots ? text(`all inputs: ${Object.keys(r)}`)
      : inputRequired({ inputRequests: { user_name: ask('What is your name?', { name: str }), greeting: llm('Generate a greeting', 50), client_roots: inputRequired.listRoots() },
          requestState: await codec.mint({ t: 'mi', n: randomUUID() }) }); },
  test_input_required_result_multi_round: async (_, ctx) => { const s = ctx.mcpReq.requestState();
    const one = accepted(ctx, 'step1', x => typeof x.name === 'string'), two = accepted(ctx, 'step2', x => typeof x.color === 'string');
    if (s?.round === 2 && two) return text(`${s.name} likes ${two.color}`);
    if (s?.round === 1 && one) return inputRequired({ inputRequests: { step2: ask('Step 2: What is your favorite color?', { color: str }) }, requestState: await codec.mint({ round: 2, name: one.name, n: randomUUID() }) });
    return inputRequired({ inputRequests: { step1: ask('Step 1: What is your name?', { name: str }) }, requestState: await codec.mint({ round: 1, n: randomUUID() }) }); },
  test_input_required_result_capabilities: async (_, ctx) => { const caps = ctx.mcpReq.envelope?.['io.modelcontextprotocol/clientCapabilities'] ?? {}; const q = {};
    if (Object.keys(ctx.mcpReq.inputResponses ?? {}).length) return text('capabilities-ok');
    if (caps.elicitation) q.elicit_input = ask('value?', { value: str }); if (caps.sampling) q.sample_input = llm('Sample', 50);
    return Object.keys(q).length ? inputRequired({ inputRequests: q }) : text('no supported capabilities declared'); },
};
const titled = w => [1, 2, 3].map((n, i) => ({ const: `value${n}`, title: `${['First', 'Second', 'Third'][i]} ${w}` }));
async function elicit(ctx, message, properties, required = [], label = 'Elicitation completed') {
  const r = await ctx.mcpReq.elicitInput({ mode: 'form', message, requestedSchema: { type: 'object', properties, required } });
  return text(`${label}: action=${r.action}, content=${JSON.stringify(r.content ?? {})}`); }

function buildServer() {
  const s = new McpServer({ name: 'conformance-fixture', version: '1.0.0' }, { requestState: { verify: codec.verify },
    capabilities: { tools: { listChanged: true }, prompts: { listChanged: true }, resources: { subscribe: true, listChanged: true }, logging: {}, completions: {},
      ...(STDIO ? {} : { extensions: { 'io.modelcontextprotocol/tasks': {} } }) } });
  for (const [name, t] of Object.entries(TOOLS)) s.registerTool(name, { description: `Fixture ${name}`, inputSchema: fromJsonSchema(t.schema ?? { type: 'object', properties: {} }) }, t.run ?? t);
  if (!STDIO) for (const [name, t] of Object.entries(TASK_TOOLS)) s.registerTool(name, { description: `Task fixture ${name}`, inputSchema: fromJsonSchema(t.schema) }, t.sync);
  const text1 = (uri, t, mimeType = 'text/plain') => ({ contents: [{ uri, mimeType, text: t }] });
  s.registerResource('static-text', 'test://static-text', { description: 'static text', mimeType: 'text/plain' }, async () => text1('test://static-text', 'This is the content of the static text resource.'));
  s.registerResource('static-binary', 'test://static-binary', { description: 'static png', mimeType: 'image/png' }, async () => ({ contents: [{ uri: 'test://static-binary', mimeType: 'image/png', blob: PNG }] }));
  s.registerResource('watched', 'test://watched-resource', { description: 'subscribable', mimeType: 'text/plain' }, async () => text1('test://watched-resource', 'Watched resource content'));
  s.registerResource('template', new ResourceTemplate('test://template/{id}/data', { list: undefined }), { description: 'template', mimeType: 'application/json' },
    async (uri, v) => text1(uri.toString(), JSON.stringify({ id: v.id, templateTest: true, data: `Data for ID: ${v.id}` }), 'application/json'));
  const user = c => ({ role: 'user', content: c });
  s.registerPrompt('test_simple_prompt', { description: 'simple' }, async () => ({ messages: [user({ type: 'text', text: 'This is a simple prompt for testing.' })] }));
  s.registerPrompt('test_prompt_with_arguments', { description: 'with args', argsSchema: z.object({ arg1: z.string(), arg2: z.string() }) },
    async a => ({ messages: [user({ type: 'text', text: `Prompt with arguments: arg1='${a.arg1}', arg2='${a.arg2}'` })] }));
  s.registerPrompt('test_prompt_with_embedded_resource', { description: 'embedded', argsSchema: z.object({ resourceUri: z.string() }) },
    async a => ({ messages: [user(res(a.resourceUri, 'text/plain', 'Embedded resource content for testing.')), user({ type: 'text', text: 'Please process the embedded resource above.' })] }));
  s.registerPrompt('test_prompt_with_image', { description: 'image' }, async () => ({ messages: [user(img), user({ type: 'text', text: 'Please analyze the image above.' })] }));
  s.registerPrompt('test_input_required_result_prompt', { description: 'MRTR prompt' }, async ctx => { const c = accepted(ctx, 'user_context', x => typeof x.context === 'string');
    return c ? { messages: [user({ type: 'text', text: `Prompt with context: ${c.context}` })] } : inputRequired({ inputRequests: { user_context: ask('What context should the prompt use?', { context: str }) } }); });
  for (const m of ['resources/subscribe', 'resources/unsubscribe', 'logging/setLevel']) s.server.setRequestHandler(m, async () => ({}));
  s.server.setRequestHandler('completion/complete', async () => ({ completion: { values: [], total: 0, hasMore: false } }));
  return s;
}

/* --------------------------------------------- tasks extension (2026-07-28, hand-rolled) --------- */
const EXT = 'io.modelcontextprotocol/tasks', tasks = new Map(), NEED = { code: -32021, message: 'Missing required client capability', data: { requiredCapabilities: { extensions: { [EXT]: {} } } } };
const TASK_TOOLS = {
  greet: { schema: obj({ name: str }, []), sync: async a => text(`Hello, ${a.name ?? 'World'}!`) },
  slow_compute: { task: true, schema: obj({ seconds: { type: 'number' } }, []), sync: async a => { await sleep(1000 * Math.min(a.seconds ?? 0, 5)); return text('computed'); },
    run: async (t, a) => { await sleep(1000 * (a.seconds ?? 0), undefined, { signal: t.abort.signal }); return text('computed'); } },
  failing_job: { task: true, required: true, schema: obj({}), sync: async () => ({ isError: true, ...text('failed') }), run: async t => { await sleep(1000, undefined, { signal: t.abort.signal }); return { isError: true, ...text('job failed') }; } },
  protocol_error_job: { task: true, schema: obj({}), sync: async () => { throw new ProtocolError(-32603, 'boom'); }, run: async () => { await sleep(300); throw Object.assign(new Error('internal failure'), { rpc: { code: -32603, message: 'internal failure' } }); } },
  confirm_delete: { task: true, schema: obj({ filename: str }, []), sync: async () => text('deleted'), run: async (t, a) => { const r = await t.input({ confirm: elicitReq(`Delete ${a.filename ?? 'file'}?`, { confirm: { type: 'boolean' } }) }); return text(`answer ${JSON.stringify(Object.values(r)[0])}`); } },
  multi_input: { task: true, schema: obj({}), sync: async () => text('ok'), run: async t => { const r = await t.input({ a: elicitReq('First?', { value: str }), b: elicitReq('Second?', { value: str }) }); return text(JSON.stringify(r)); } },
  test_tool_with_task: { task: true, required: true, mrtr: true, schema: obj({}), sync: async () => text('sync'), run: async (t, a, name) => { await sleep(50); return text(`Hello ${name}`); } },
};
const elicitReq = (message, props) => ({ method: 'elicitation/create', params: { mode: 'form', message, requestedSchema: obj(props) } });
const now = () => new Date().toISOString();
function wire(t, resultType) { const o = { resultType, taskId: t.id, status: t.status, createdAt: t.created, lastUpdatedAt: t.updated, ttlMs: 600000, pollIntervalMs: 200 };
  if (resultType === 'complete') { if (t.status === 'input_required') o.inputRequests = t.pending; if (t.result) o.result = t.result; if (t.error) o.error = t.error; } return o; }
function startTask(tool, args, extra) {
  const t = { id: randomUUID(), status: 'working', created: now(), updated: now(), abort: new AbortController(), pending: {}, answers: {} };
  const set = s => { if (!['completed', 'failed', 'cancelled'].includes(t.status)) { t.status = s; t.updated = now(); } };
  t.set = set; t.input = req => new Promise(ok => { t.pending = Object.fromEntries(Object.entries(req).map(([k, v]) => [`${k}-${randomUUID().slice(0, 8)}`, v])); t.resume = ok; set('input_required'); });
  tasks.set(t.id, t);
  tool.run(t, args, extra).then(r => { if (t.status !== 'cancelled') { t.result = { resultType: 'complete', ...r }; set('completed'); } },
    e => { if (t.abort.signal.aborted) set('cancelled'); else { t.error = e.rpc ?? { code: -32603, message: e.message }; set('failed'); } });
  return t;
}
/** returns undefined when the request is not ours, else { status, body } */
function tasksHandler(req, m) {
  const p = m.params ?? {}, caps = p._meta?.['io.modelcontextprotocol/clientCapabilities'], declared = !!caps?.extensions?.[EXT];
  const tool = m.method === 'tools/call' ? TASK_TOOLS[p.name] : undefined, isTask = ['tasks/get', 'tasks/update', 'tasks/cancel'].includes(m.method);
  if (!(tool?.task || isTask) || !p._meta?.['io.modelcontextprotocol/protocolVersion'] || !caps) return undefined;
  const out = (status, o) => ({ status, body: { jsonrpc: '2.0', id: m.id, ...o } }), err = (status, error) => out(status, { error });
  const name = tool ? p.name : p.taskId, h = k => (req.headers[k] ?? '').trim();
  if (h('mcp-method') !== m.method || h('mcp-name') !== name) return err(400, { code: -32020, message: 'Header mismatch' });
  if (tool) {
    if (!declared) return tool.required ? err(400, NEED) : undefined;             // falls through to the synchronous tool
    if (p.name === 'slow_compute' && p.arguments?.seconds === 0) return undefined; // immediate-result shortcut
    let extra;
    if (tool.mrtr) { extra = p.inputResponses?.user_name?.content?.name ?? Object.values(p.inputResponses?.user_name?.content ?? {})[0];
      if (extra === undefined) return out(200, { result: { resultType: 'input_required', inputRequests: { user_name: elicitReq('What is your name?', { name: str }) } } }); }
    return out(200, { result: wire(startTask(tool, p.arguments ?? {}, extra), 'task') });
  }
  if (!declared) return err(400, NEED);
  const t = tasks.get(p.taskId); if (!t) return err(200, { code: -32602, message: 'Failed to retrieve task: Task not found' });
  if (m.method === 'tasks/get') return out(200, { result: wire(t, 'complete') });
  if (m.method === 'tasks/cancel') { if (!['completed', 'failed', 'cancelled'].includes(t.status)) { t.abort.abort(); if (t.status === 'input_required') t.set('cancelled'); } }
  else { for (const [k, v] of Object.entries(p.inputResponses ?? {})) if (t.pending[k]) { t.answers[k] = v; delete t.pending[k]; }
    if (t.status === 'input_required' && !Object.keys(t.pending).length) { t.set('working'); t.resume(t.answers); } }
  return out(200, { result: { resultType: 'complete' } });
}

/* ------------------------------------------------------------------ serving ------------------- */
if (STDIO) serveStdio(buildServer, { legacy: ERA === 'modern' ? 'reject' : 'serve' });
else {
  const modern = createMcpHandler(buildServer, { legacy: 'reject', onerror: () => {} }); bus = modern.notify;
  const modernNode = toNodeHandler(modern), sessions = new Map(), okHost = localhostHostValidation(), okOrigin = localhostOriginValidation();
  const events = new Map(); let seq = 0;           // one event store; stream id is the part before '::'
  const store = () => ({ storeEvent: async (sid, message) => { const id = `${sid}::${String(++seq).padStart(12, '0')}`; events.set(id, message); return id; },
    replayEventsAfter: async (last, { send }) => { const sid = last.split('::')[0]; for (const [id, m] of [...events]) if (id.startsWith(`${sid}::`) && id > last && Object.keys(m).length) await send(id, m); return sid; } });
  const json = (r, code, o) => { r.writeHead(code, { 'content-type': 'application/json' }); r.end(JSON.stringify(o)); };
  http.createServer(async (req, r) => {
    try {
      if (!okHost(req, r) || !okOrigin(req, r)) return;
      if (new URL(req.url, 'http://x').pathname !== '/mcp') return json(r, 404, {});
      let body; if (req.method === 'POST') { const b = []; for await (const c of req) b.push(c); try { body = JSON.parse(Buffer.concat(b)); } catch { return json(r, 400, { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error' } }); } }
      const sid = req.headers['mcp-session-id'];
      const inbound = classifyInboundRequest({ httpMethod: req.method, protocolVersionHeader: req.headers['mcp-protocol-version'], mcpMethodHeader: req.headers['mcp-method'], body });
      if (inbound.kind !== 'legacy' && ERA !== 'legacy') { const t = req.method === 'POST' && tasksHandler(req, body); return t ? json(r, t.status, t.body) : await modernNode(req, r, body); }
      if (ERA === 'modern') return await modernNode(req, r, body);
      if (sid && sessions.has(sid)) return await sessions.get(sid).handleRequest(req, r, body);
      if (sid) return json(r, 404, { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } });
      if (req.method === 'POST' && isInitializeRequest(body)) {
        const t = new NodeStreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID(), eventStore: store(), retryInterval: 1000, onsessioninitialized: id => sessions.set(id, t) });
        t.onclose = () => sessions.delete(t.sessionId); await buildServer().connect(t); return await t.handleRequest(req, r, body);
      }
      return json(r, 400, { jsonrpc: '2.0', id: body?.id ?? null, error: { code: -32000, message: 'Bad Request: session id required' } });
    } catch (e) { console.error(e); if (!r.headersSent) json(r, 500, { jsonrpc: '2.0', id: null, error: { code: -32603, message: 'Internal error' } }); }
  }).listen(+arg('--http', 3900), '127.0.0.1', () => console.error(`fixture (${ERA}) on http://127.0.0.1:${arg('--http', 3900)}/mcp`));
}
