package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    private final @Nullable String label;
    private volatile Map<String, HeaderParams> headerParams = Map.of();

    /// @param ids gives the next id of a question; shared with whoever asked on this wire before
    /// @param label the server's own version, or null
    Session(Wire wire, Era era, McpOptions options, AtomicLong ids, @Nullable String label) {
        this.wire = wire;
        this.era = era;
        this.options = options;
        this.ids = ids;
        this.label = label;
    }

    Wire wire() {
        return wire;
    }

    Era era() {
        return era;
    }

    /// Calls `tool` once.
    CompletableFuture<Reply> call(String tool, Dispatch dispatch, Duration left, Consumer<ObjectNode> progress) {
        long id = ids.incrementAndGet();
        ObjectNode params = Json.object().put("name", tool);
        params.set("arguments", dispatch.arguments());
        ObjectNode meta = params.putObject("_meta").put("progressToken", id);
        if (!dispatch.traceparent().isEmpty()) {
            meta.put("traceparent", dispatch.traceparent());
        }
        Map<String, String> headers = era.headers("tools/call", tool);
        HeaderParams repeated = era.modern() ? headerParams.get(tool) : null;
        if (repeated != null) {
            headers = new HashMap<>(headers);
            repeated.addTo(headers, dispatch.arguments());
        }
        return wire.ask(new Ask(
                id,
                "tools/call",
                era.stamp(params, options),
                headers,
                left,
                dispatch.answerBytes(),
                dispatch.withdrawal(),
                progress));
    }

    /// Reads the tools again only for the headers their schemas ask for. Blocks: for virtual threads.
    void learnHeaders(Duration timeout) {
        list("headers", new McpServer.Http("http://localhost", Map.of()), timeout, _ -> {});
    }

    /// Every page of the server's tools; `heard` takes each reply. Blocks: for virtual threads.
    McpListed list(String source, McpServer server, Duration timeout, Consumer<Reply> heard) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ToolReader reader = new ToolReader(source, server, label);
        JsonNode cursor = null;
        for (int page = 0; page < options.limits().pages(); page++) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive()) {
                return failed(Kind.TIMED_OUT, "the MCP server did not list its tools in time");
            }
            Reply reply = page(cursor, left).join();
            heard.accept(reply);
            if (!(reply instanceof Reply.Result given)) {
                return reply instanceof Reply.RpcError error && error.code() == -32601 && page == 0
                        ? reader.listed()
                        : new McpListed.Failed(reply.fault());
            }
            if (!given.result().path("tools").isArray()) {
                return failed(Kind.BAD_ANSWER, "the MCP server's list holds no tools array");
            }
            for (JsonNode tool : given.result().path("tools")) {
                if (reader.size() >= options.limits().tools()) {
                    return failed(
                            Kind.TOO_LARGE,
                            "the MCP server lists more than %d tools"
                                    .formatted(options.limits().tools()));
                }
                reader.add(tool);
            }
            cursor = given.result().path("nextCursor");
            if (!cursor.isString()) {
                headerParams = reader.headerParams();
                return reader.listed();
            }
        }
        return failed(
                Kind.TOO_LARGE,
                "the MCP server lists its tools on more than %d pages"
                        .formatted(options.limits().pages()));
    }

    private CompletableFuture<Reply> page(@Nullable JsonNode cursor, Duration left) {
        ObjectNode params = Json.object();
        if (cursor != null) {
            params.set("cursor", cursor);
        }
        return wire.ask(new Ask(
                ids.incrementAndGet(),
                "tools/list",
                era.stamp(params, options),
                era.headers("tools/list", ""),
                left,
                options.limits().messageBytes(),
                new Withdrawal(),
                _ -> {}));
    }

    private static McpListed failed(Kind kind, String message) {
        return new McpListed.Failed(ToolFault.of(kind, message));
    }
}
