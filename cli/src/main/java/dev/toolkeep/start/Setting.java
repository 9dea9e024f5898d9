package dev.toolkeep.start;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// One thing that can be set: in `keep.yaml` under its key, in the environment under [#variable], and a few of them by
/// an option of the command line.
///
/// @param key the path in `keep.yaml`, such as `gateway.port`
/// @param standard the text of its default; empty: none
/// @param meaning one sentence, without its stop
record Setting<T>(String key, Form<T> form, String standard, String meaning) {
    static final Setting<Path> DATA = new Setting<>(
            "data",
            new Form.Place(),
            "",
            "the data folder (`data` beside the launcher); in a file only where `--config` names it");
    static final Setting<String> GATEWAY_HOST =
            new Setting<>("gateway.host", new Form.Address(), "127.0.0.1", "the address the gateway listens on");
    static final Setting<Integer> GATEWAY_PORT = new Setting<>(
            "gateway.port", new Form.Whole(0, 65_535), "8080", "the port the gateway listens on; 0 takes a free one");
    static final Setting<List<String>> GATEWAY_ORIGINS = new Setting<>(
            "gateway.publicOrigins",
            new Form.Origins(),
            "",
            "under which origins a proxy in front of the gateway is reached");
    static final Setting<Long> GATEWAY_BODY = new Setting<>(
            "gateway.bodyBytes", new Form.Size(1 << 10, 256 << 20), "1MiB", "the most a request's body may measure");
    static final Setting<Integer> GATEWAY_CONNECTIONS = new Setting<>(
            "gateway.connections",
            new Form.Whole(1, 1_000_000),
            "20000",
            "the most connections open at once; one more is closed");
    static final Setting<Duration> GATEWAY_HEAD = new Setting<>(
            "gateway.headTime", new Form.Time(), "15s", "how long a new connection's first request head may take");
    static final Setting<Duration> GATEWAY_BODY_TIME =
            new Setting<>("gateway.bodyTime", new Form.Time(), "30s", "how long a request's body may take");
    static final Setting<Duration> GATEWAY_IDLE = new Setting<>(
            "gateway.idleTime", new Form.Time(), "75s", "how long a kept connection may wait for its next request");
    static final Setting<Duration> GATEWAY_DRAIN = new Setting<>(
            "gateway.drainTime", new Form.Time(), "10s", "how long open calls may go on once Toolkeep stops");
    static final Setting<String> CONSOLE_HOST =
            new Setting<>("console.host", new Form.Address(), "127.0.0.1", "the address the console listens on");
    static final Setting<Integer> CONSOLE_PORT = new Setting<>(
            "console.port", new Form.Whole(0, 65_535), "8081", "the port the console listens on; 0 takes a free one");
    static final Setting<List<String>> CONSOLE_ORIGINS = new Setting<>(
            "console.publicOrigins",
            new Form.Origins(),
            "",
            "under which origins a proxy in front of the console is reached");
    static final Setting<String> JOURNAL_SYNC = new Setting<>(
            "journal.sync",
            new Form.Choice(List.of("disk", "os")),
            "disk",
            "how far a record must be before anybody hears of it: on the disk, or with the operating system, which "
                    + "survives a crash of Toolkeep but not of the machine");
    static final Setting<Long> JOURNAL_SEGMENT = new Setting<>(
            "journal.segmentBytes",
            new Form.Size(1 << 20, 1L << 30),
            "16MiB",
            "the size past which the journal begins a new file; that much is taken from the disk in advance");
    static final Setting<String> POSTGRES_URL = new Setting<>(
            "store.postgres.url",
            new Form.Text(),
            "",
            "`jdbc:postgresql://host:port/database`; without it the store is a SQLite file in the data folder");
    static final Setting<String> POSTGRES_USER =
            new Setting<>("store.postgres.user", new Form.Text(), "", "the database's user");
    static final Setting<Path> POSTGRES_PASSWORD = new Setting<>(
            "store.postgres.passwordFile",
            new Form.Place(),
            "",
            "a file, mode 0600, that holds the user's password and nothing else");
    static final Setting<Duration> EGRESS_CONNECT = new Setting<>(
            "egress.connectTime",
            new Form.Time(),
            "5s",
            "how long looking up a tool's name, connecting to it and its TLS handshake may take, each");
    static final Setting<Duration> EGRESS_QUEUE = new Setting<>(
            "egress.queueTime", new Form.Time(), "10s", "how long a request may wait for a free connection to a tool");
    static final Setting<Integer> EGRESS_CONNECTIONS = new Setting<>(
            "egress.connections",
            new Form.Whole(1, 100_000),
            "64",
            "the most connections to one server, for each source and event loop");
    static final Setting<Integer> EGRESS_QUEUED = new Setting<>(
            "egress.queued",
            new Form.Whole(0, 1_000_000),
            "1000",
            "the most requests that wait for a connection to one server, for each source and event loop");
    static final Setting<Duration> EGRESS_KEEP =
            new Setting<>("egress.keepAlive", new Form.Time(), "30s", "how long an idle connection to a tool is kept");
    static final Setting<Duration> EGRESS_LOOKUP = new Setting<>(
            "egress.lookupTime",
            new Form.Time(),
            "30s",
            "how long looked-up addresses are used again; they are judged again every time");
    static final Setting<Long> EGRESS_HEADERS = new Setting<>(
            "egress.headerBytes",
            new Form.Size(1 << 10, 1 << 20),
            "32KiB",
            "the most the headers of a tool's answer may measure");

    /// Every one, in the order people read about them.
    static List<Setting<?>> all() {
        return List.of(
                DATA,
                GATEWAY_HOST,
                GATEWAY_PORT,
                GATEWAY_ORIGINS,
                GATEWAY_BODY,
                GATEWAY_CONNECTIONS,
                GATEWAY_HEAD,
                GATEWAY_BODY_TIME,
                GATEWAY_IDLE,
                GATEWAY_DRAIN,
                CONSOLE_HOST,
                CONSOLE_PORT,
                CONSOLE_ORIGINS,
                JOURNAL_SYNC,
                JOURNAL_SEGMENT,
                POSTGRES_URL,
                POSTGRES_USER,
                POSTGRES_PASSWORD,
                EGRESS_CONNECT,
                EGRESS_QUEUE,
                EGRESS_CONNECTIONS,
                EGRESS_QUEUED,
                EGRESS_KEEP,
                EGRESS_LOOKUP,
                EGRESS_HEADERS);
    }

    /// Such as `TOOLKEEP_GATEWAY_PUBLIC_ORIGINS`.
    String variable() {
        return "TOOLKEEP_"
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
