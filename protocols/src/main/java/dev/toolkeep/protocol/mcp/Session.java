package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A wire whose two sides agreed on a revision: what can be asked of the server. Thread-safe.
final class Session {
    private final Wire wire;
    private final Era era;
    private final McpOptions options;
    private final AtomicLong ids;
    private final ObjectNode capabilities;
    private final @Nullable String label;
    /// The rank of the log messages a legacy server was asked for.
    private final AtomicInteger loudest = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Map<String, HeaderParams> headerParams = Map.of();

    /// @param ids gives the next id of a question; shared with whoever asked on this wire before
    /// @param capabilities what the server said it can do
    /// @param label the server's own version, or null
    Session(Wire wire, Era era, McpOptions options, AtomicLong ids, ObjectNode capabilities, @Nullable String label) {
        this.wire = wire;
        this.era = era;
        this.options = options;
        this.ids = ids;
        this.capabilities = capabilities;
        this.label = label;
    }

    Wire wire() {
        return wire;
    }

    Era era() {
        return era;
    }

    /// Asks once.
    CompletableFuture<Reply> call(Asked asked, Dispatch dispatch, Duration left, Hearing hearing) {
        verbose(dispatch.talk().logLevel());
        long id = ids.incrementAndGet();
        ObjectNode params = asked.params();
        ObjectNode meta = params.putObject("_meta").put("progressToken", id);
        if (!dispatch.traceparent().isEmpty()) {
            meta.put("traceparent", dispatch.traceparent());
        }
        Map<String, String> headers = era.headers(asked.method(), asked.name());
        HeaderParams repeated = era.modern() && asked.isToolCall() ? headerParams.get(asked.name()) : null;
        if (repeated != null) {
            headers = new HashMap<>(headers);
            repeated.addTo(headers, dispatch.arguments());
        }
        return wire.ask(new Ask(
                id,
                asked.method(),
                era.stamp(params, options, dispatch.talk()),
                headers,
                left,
                dispatch.answerBytes(),
                dispatch.withdrawal(),
                hearing));
    }

    /// A legacy server is told once that somebody wants its log messages, and how many; each call then takes its own.
    private void verbose(String level) {
        if (level.isEmpty() || era.modern() || !capabilities.has("logging")) {
            return;
        }
        int rank = Level.of(level).rank();
        if (rank < loudest.getAndUpdate(before -> Math.min(before, rank))) {
            var _ = wire.ask(question(
                    "logging/setLevel",
                    Json.object().put("level", level),
                    options.times().probe()));
        }
    }

    /// Reads the tools again only for the headers their schemas ask for. Blocks: for virtual threads.
    void learnHeaders(Duration timeout) {
        list("headers", new McpServer.Http("http://localhost", Map.of()), timeout, _ -> {});
    }

    /// Every page of all that the server says it offers; `heard` takes each reply. Blocks: for virtual threads.
    McpListed list(String source, McpServer server, Duration timeout, Consumer<Reply> heard) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ToolReader reader = new ToolReader(source, server, label);
        for (McpKind kind : McpKind.values()) {
            Lists list = Lists.of(kind);
            if (kind == McpKind.TOOL || capabilities.has(list.capability())) {
                McpListed.Failed failed = pages(list, reader, deadline, heard);
                if (failed != null) {
                    return failed;
                }
            }
        }
        headerParams = reader.headerParams();
        return reader.listed();
    }

    /// Null when it went well.
    private McpListed.@Nullable Failed pages(Lists list, ToolReader reader, long deadline, Consumer<Reply> heard) {
        JsonNode cursor = null;
        for (int page = 0; page < options.limits().pages(); page++) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive()) {
                return failed(Kind.TIMED_OUT, "the MCP server did not list its " + list.member() + " in time");
            }
            Reply reply = page(list.method(), cursor, left).join();
            heard.accept(reply);
            if (!(reply instanceof Reply.Result given)) {
                return reply instanceof Reply.RpcError error && error.code() == -32601 && page == 0
                        ? null
                        : new McpListed.Failed(reply.fault());
            }
            if (!given.result().path(list.member()).isArray()) {
                return failed(Kind.BAD_ANSWER, "the MCP server's list holds no " + list.member() + " array");
            }
            for (JsonNode item : given.result().path(list.member())) {
                if (reader.size() >= options.limits().tools()) {
                    return tooMany(list, reader);
                }
                reader.add(list.kind(), item);
            }
            cursor = given.result().path("nextCursor");
            if (!cursor.isString()) {
                return null;
            }
        }
        return failed(
                Kind.TOO_LARGE,
                "the MCP server lists its %s on more than %d pages"
                        .formatted(list.member(), options.limits().pages()));
    }

    /// Too many tools are a list that cannot be used; of the rest what came first is kept.
    private McpListed.@Nullable Failed tooMany(Lists list, ToolReader reader) {
        int most = options.limits().tools();
        if (list.kind() == McpKind.TOOL) {
            return failed(Kind.TOO_LARGE, "the MCP server lists more than %d tools".formatted(most));
        }
        reader.cut(list.kind(), most);
        return null;
    }

    private CompletableFuture<Reply> page(String method, @Nullable JsonNode cursor, Duration left) {
        ObjectNode params = Json.object();
        if (cursor != null) {
            params.set("cursor", cursor);
        }
        return wire.ask(question(method, params, left));
    }

    /// A question of our own, not of a caller.
    private Ask question(String method, ObjectNode params, Duration left) {
        return new Ask(
                ids.incrementAndGet(),
                method,
                era.stamp(params, options),
                era.headers(method, ""),
                left,
                options.limits().messageBytes(),
                new Withdrawal(),
                Hearing.NOTHING);
    }

    private static McpListed.Failed failed(Kind kind, String message) {
        return new McpListed.Failed(ToolFault.of(kind, message));
    }
}
