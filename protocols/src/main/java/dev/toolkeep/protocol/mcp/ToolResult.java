package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The result of a `tools/call` as an answer.
final class ToolResult {
    private ToolResult() {}

    static Sent of(Reply reply) {
        return reply instanceof Reply.Result given ? read(given.result()) : new Sent.Failed(reply.fault());
    }

    private static Sent read(ObjectNode result) {
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
        JsonNode content = result.path("content");
        JsonNode structured = result.get("structuredContent");
        if (content.isMissingNode() && structured != null) {
            content = Json.array();
        }
        if (!(content instanceof ArrayNode blocks)) {
            return failed(Kind.BAD_ANSWER, "the tool's result has no list of content");
        }
        for (JsonNode block : blocks) {
            if (!block.isObject() || !block.path("type").isString()) {
                return failed(Kind.BAD_ANSWER, "the tool's result holds content without a type");
            }
        }
        return new Sent.Answered(
                new Answer.Blocks(blocks, structured, result.path("isError").asBoolean(false)));
    }

    private static Sent failed(Kind kind, String message) {
        return new Sent.Failed(ToolFault.of(kind, message));
    }
}
