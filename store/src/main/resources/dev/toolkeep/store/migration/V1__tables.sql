-- One text for SQLite and PostgreSQL: times are epoch milliseconds, ids and JSON are text, ciphertext is base64 text.

create table sources (
    name   text   not null primary key,
    origin text   not null,
    reach  text   not null,
    added  bigint not null
);

-- Only ever added to. `definition` is canonical JSON; its digest is checked whenever a row is read.
create table versions (
    digest     text   not null primary key,
    source     text   not null,
    tool       text   not null,
    definition text   not null,
    seen       bigint not null
);
create index versions_of_tool on versions (source, tool);

create table standings (
    source        text not null references sources (name) on delete cascade,
    tool          text not null,
    offered       text references versions (digest),
    approved      text references versions (digest),
    approved_by   text,
    approved_at   bigint,
    approved_till bigint,
    rejected      text references versions (digest),
    held_by       text,
    held_at       bigint,
    held_reason   text,
    flag          text not null,
    primary key (source, tool)
);

create table callers (
    id     text not null primary key,
    kind   text not null,
    roles  text not null,
    scopes text not null
);

create table caller_keys (
    id      text   not null primary key,
    caller  text   not null references callers (id) on delete cascade,
    hmac    text   not null,
    created bigint not null,
    expires bigint,
    revoked bigint
);
create index keys_of_caller on caller_keys (caller);

create table policies (
    revision bigint not null primary key,
    yaml     text   not null,
    saved_by text   not null,
    saved_at bigint not null
);

-- A secret is opened for one name and grant only, so the two together are its key.
create table sealed_secrets (
    name       text   not null,
    granted_to text   not null,
    ciphertext text   not null,
    created    bigint not null,
    primary key (name, granted_to)
);
