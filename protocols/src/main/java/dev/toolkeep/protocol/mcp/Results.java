package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The reply to a call as an answer. What is read, filled in or completed answers its result as JSON, without the
/// members that speak of the connection alone.
final class Results {
    private static final int NOT_FOUND = -32002;
    private static final int INVALID_PARAMS = -32602;
    private static final int MOST_VALUES = 100;
    private static final Set<String> OF_THE_CONNECTION = Set.of("_meta", "resultType", "ttlMs", "cacheScope");

    private Results() {}

    static Sent of(Asked asked, Reply reply) {
        return switch (reply) {
            case Reply.Result(ObjectNode result) -> read(asked, result);
            case Reply.RpcError error when !asked.isToolCall() -> new Sent.Failed(fault(asked, error));
            default -> new Sent.Failed(reply.fault());
        };
    }

    private static Sent read(Asked asked, ObjectNode result) {
        // Absent in the legacy era, and then complete (2026-07-28, basic: resultType).
        String type = result.path("resultType").asString("complete");
        if (type.equals("input_required")) {
            return failed(Kind.UPSTREAM_ERROR, "the tool asks for input, which is not supported yet");
        }
        if (!type.equals("complete")) {
            return failed(
                    Kind.UPSTREAM_ERROR,
                    "the tool answered with an unknown kind of result: " + Printable.line(type, 60));
        }
        return switch (asked.method()) {
            case "tools/call" -> ToolResult.read(result);
            case "resources/read" ->
                json(
                        result,
                        "contents",
                        content -> content.path("uri").isString()
                                && (content.path("text").isString()
                                        || content.path("blob").isString()));
            case "prompts/get" ->
                json(
                        result,
                        "messages",
                        message -> message.path("role").isString()
                                && message.path("content").path("type").isString());
            default -> completion(result);
        };
    }

    private static Sent json(ObjectNode result, String member, Predicate<JsonNode> right) {
        JsonNode list = result.path(member);
        if (!list.isArray() || !list.valueStream().allMatch(right)) {
            return failed(Kind.BAD_ANSWER, "the MCP server's result has no list of valid " + member);
        }
        return answered(result);
    }

    private static Sent completion(ObjectNode result) {
        JsonNode values = result.path("completion").path("values");
        if (!values.isArray()
                || values.size() > MOST_VALUES
                || !values.valueStream().allMatch(JsonNode::isString)) {
            return failed(Kind.BAD_ANSWER, "the MCP server's completion has no list of at most 100 values");
        }
        return answered(result);
    }

    private static Sent answered(ObjectNode result) {
        ObjectNode kept = Json.object();
        result.forEachEntry((name, value) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                kept.set(name, value);
            }
        });
        return new Sent.Answered(new Answer.Json(kept, Json.bytes(kept)));
    }

    /// Revisions to 2025-11-25 have a code of its own for a resource that is not there.
    private static ToolFault fault(Asked asked, Reply.RpcError error) {
        boolean read = asked.method().equals("resources/read");
        if (error.code() == NOT_FOUND || (read && error.code() == INVALID_PARAMS)) {
            return new ToolFault(
                    Kind.NOT_FOUND, "the MCP server does not have this resource", Printable.text(error.message()));
        }
        return error.code() == INVALID_PARAMS
                ? new ToolFault(
                        Kind.BAD_PARAMS, "the MCP server rejects these arguments", Printable.text(error.message()))
                : error.fault();
    }

    private static Sent failed(Kind kind, String message) {
        return new Sent.Failed(ToolFault.of(kind, message));
    }
}
