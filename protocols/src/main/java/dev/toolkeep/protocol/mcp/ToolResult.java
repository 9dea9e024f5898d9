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

    static Sent read(ObjectNode result) {
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
