package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.ToolFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How one question to a server ended.
sealed interface Reply {
    record Result(ObjectNode result) implements Reply {}

    /// A JSON-RPC error; `status` is the HTTP status it came with, 0 on stdio.
    record RpcError(int code, String message, @Nullable JsonNode data, int status) implements Reply {}

    /// An HTTP status of 300 or more without a JSON-RPC error; `body` is the beginning of what came with it.
    record Status(int status, String body) implements Reply {}

    /// The server no longer knows our session; it did not look at the question.
    record SessionLost() implements Reply {}

    /// No answer will come.
    record Broken(ToolFault fault) implements Reply {}

    static Reply broken(ToolFault.Kind kind, String message) {
        return new Broken(ToolFault.of(kind, message));
    }

    /// This reply as the fault it is to somebody who wanted a result.
    default ToolFault fault() {
        return switch (this) {
            case Result _ -> ToolFault.of(ToolFault.Kind.OURS, "a result is no fault");
            case RpcError error ->
                new ToolFault(
                        ToolFault.Kind.UPSTREAM_ERROR,
                        "the MCP server answered with error " + error.code(),
                        Printable.text(error.message()));
            case Status status ->
                new ToolFault(
                        ToolFault.Kind.UPSTREAM_STATUS,
                        "the MCP server answered with HTTP status " + status.status(),
                        Printable.text(status.body()));
            case SessionLost _ ->
                ToolFault.of(ToolFault.Kind.UNREACHABLE, "the MCP server forgot the session again and again");
            case Broken broken -> broken.fault();
        };
    }
}
