package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Questions;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The reply to a call as an answer. What is read, filled in or completed answers its result as JSON, without the
/// members that speak of the connection alone.
final class Results {
    private static final int NOT_FOUND = -32002;
    private static final int INVALID_PARAMS = -32602;
    private static final int LACKS_CAPABILITY = -32021;
    private static final int LONGEST_STATE = 16 << 10;
    private static final int MOST_VALUES = 100;
    private static final Set<String> OF_THE_CONNECTION = Set.of("_meta", "resultType", "ttlMs", "cacheScope");

    private Results() {}

    /// @param questions who can be asked, should the result be a question
    static Sent of(Asked asked, Reply reply, Questions questions) {
        return switch (reply) {
            case Reply.Result(ObjectNode result) -> read(asked, result, questions);
            case Reply.RpcError error when error.code() == LACKS_CAPABILITY -> new Sent.Failed(lacks(needed(error)));
            case Reply.RpcError error when !asked.isToolCall() -> new Sent.Failed(fault(asked, error));
            default -> new Sent.Failed(reply.fault());
        };
    }

    private static Sent read(Asked asked, ObjectNode result, Questions questions) {
        // Absent in the legacy era, and then complete (2026-07-28, basic: resultType).
        String type = result.path("resultType").asString("complete");
        if (type.equals("input_required")) {
            return asks(result, questions);
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

    private static Sent asks(ObjectNode result, Questions questions) {
        ObjectNode requests = result.get("inputRequests") instanceof ObjectNode given ? given : Json.object();
        String state = result.path("requestState").asString("");
        if ((requests.isEmpty() && state.isEmpty())
                || requests.size() > Conversation.MOST
                || state.length() > LONGEST_STATE) {
            return failed(Kind.BAD_ANSWER, "the tool asks for input without saying which, or for too much");
        }
        for (JsonNode request : requests) {
            if (!(request instanceof ObjectNode) || !request.path("method").isString()) {
                return failed(Kind.BAD_ANSWER, "the tool asks for input in a form that is none");
            }
            Capability capability = Capability.of(request.path("method").stringValue(), request.path("params"));
            if (!capability.within(questions.capabilities())) {
                return new Sent.Failed(lacks(capability.needed()));
            }
        }
        return new Sent.Answered(new Answer.Asks(requests, state));
    }

    private static ToolFault lacks(ObjectNode needed) {
        return new ToolFault(
                Kind.NEEDS_CAPABILITY,
                "the tool needs to ask what this caller cannot be asked, or may not be by the policy's limits",
                Json.text(needed));
    }

    /// Only names we know, so that nothing else of the server travels on as if it were ours.
    private static ObjectNode needed(Reply.RpcError error) {
        ObjectNode needed = Json.object();
        JsonNode said = error.data() == null ? Json.object() : error.data().path("requiredCapabilities");
        for (String name : List.of("elicitation", "sampling", "roots")) {
            if (said.path(name).isObject()) {
                needed.putObject(name);
            }
        }
        return needed;
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
