package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.Reply;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A tool's answer, for scripts and for people.
///
/// @param json JSON is itself, text a JSON string, other bytes `{mediaType, base64}`: as the gateway's stream has it
/// @param script what a pipe gets: JSON and text as they came, anything else as its JSON
/// @param people what a terminal shows; not yet plain
/// @param failed whether it is an MCP result that says the tool failed
record AnswerText(JsonNode json, String script, String people, boolean failed) {
    static AnswerText of(Reply reply) throws Failed {
        if (reply.json()) {
            JsonNode json = parsed(reply.body());
            return new AnswerText(
                    json,
                    utf8(reply.body()),
                    Json.pretty(json),
                    json.path("isError").booleanValue(false));
        }
        if (reply.mediaType().startsWith("text/")) {
            String text = utf8(reply.body());
            return new AnswerText(JsonNodeFactory.instance.stringNode(text), text, text, false);
        }
        JsonNode bytes = Json.object()
                .put("mediaType", reply.mediaType())
                .put("base64", Base64.getEncoder().encodeToString(reply.body()));
        String words = reply.body().length + " bytes of " + reply.mediaType() + "; keep them with --out FILE";
        return new AnswerText(bytes, Json.text(bytes), words, false);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// What a tool said in JSON. It was parsed strictly by the gateway before it came here.
    static JsonNode parsed(byte[] json) {
        try {
            return StrictJson.parse(json, Bounds.DOCUMENT);
        } catch (Malformed e) {
            return JsonNodeFactory.instance.stringNode(utf8(json));
        }
    }
}
