-- `sources`, `tools` and `tags` are JSON lists of text.

create table toolsets (
    name     text   not null primary key,
    title    text   not null,
    sources  text   not null,
    tools    text   not null,
    tags     text   not null,
    saved_by text   not null,
    saved_at bigint not null
);
