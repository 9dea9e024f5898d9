package dev.toolkeep.web.mcp;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.wire.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A `CallToolResult`, written as its era wants it. A refusal and a fault are both results with `isError`, so that the
/// model reads them and can act, and each has its own `_meta` key, so that a program never confuses them.
final class CallResult {
    private static final byte[] OPEN = JsonBytes.ascii("{");
    private static final byte[] COMPLETE = JsonBytes.ascii("\"resultType\":\"complete\",");
    private static final byte[] TEXT = JsonBytes.ascii("\"content\":[{\"type\":\"text\",\"text\":");
    private static final byte[] IMAGE = JsonBytes.ascii("\"content\":[{\"type\":\"image\",\"data\":");
    private static final byte[] AUDIO = JsonBytes.ascii("\"content\":[{\"type\":\"audio\",\"data\":");
    private static final byte[] MIME_TYPE = JsonBytes.ascii(",\"mimeType\":");
    private static final byte[] RESOURCE =
            JsonBytes.ascii("\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"toolkeep:answer:");
    private static final byte[] RESOURCE_TYPE = JsonBytes.ascii("\",\"mimeType\":");
    private static final byte[] BLOB = JsonBytes.ascii(",\"blob\":");
    private static final byte[] END_RESOURCE = JsonBytes.ascii("}}]");
    private static final byte[] END_CONTENT = JsonBytes.ascii("}]");
    private static final byte[] CONTENT = JsonBytes.ascii("\"content\":");
    private static final byte[] STRUCTURED = JsonBytes.ascii(",\"structuredContent\":");
    private static final byte[] FAILED = JsonBytes.ascii(",\"isError\":true");
    private static final byte[] META = JsonBytes.ascii(",\"_meta\":{\"dev.toolkeep/call\":");
    private static final byte[] REFUSAL = JsonBytes.ascii(",\"dev.toolkeep/refusal\":{\"code\":");
    private static final byte[] RULE = JsonBytes.ascii(",\"rule\":");
    private static final byte[] ADVICE = JsonBytes.ascii(",\"advice\":");
    private static final byte[] FAULT = JsonBytes.ascii(",\"dev.toolkeep/fault\":{\"code\":");
    private static final byte[] MESSAGE = JsonBytes.ascii(",\"message\":");
    private static final byte[] DETAIL = JsonBytes.ascii(",\"detail\":");
    private static final byte[] END = JsonBytes.ascii("}");
    private static final byte[] COMMA = JsonBytes.ascii(",");

    private final Era era;
    private final byte[] serverInfo;

    /// @param serverInfo the `_meta` member that names this server, for modern results
    CallResult(Era era, byte[] serverInfo) {
        this.era = era;
        this.serverInfo = serverInfo;
    }

    /// @param tool what is known of the tool, which decides on structured content
    void answered(JsonBytes out, Answer answer, ShownTool tool, String callId) {
        open(out);
        switch (answer) {
            case Answer.Json json -> {
                out.raw(TEXT).text(json.bytes()).raw(END_CONTENT);
                if (structured(json.value(), tool)) {
                    out.raw(STRUCTURED).raw(json.bytes());
                }
            }
            case Answer.Text text -> out.raw(TEXT).text(text.text()).raw(END_CONTENT);
            case Answer.Bytes bytes -> bytes(out, bytes, callId);
            case Answer.Blocks blocks -> blocks(out, blocks);
            case Answer.Asks asks ->
                out.raw(TEXT).text(Json.text(asks.requests())).raw(END_CONTENT);
        }
        meta(out, callId).raw(END).raw(END);
    }

    void refused(JsonBytes out, Refusal refusal, String callId) {
        String code = refusal.code().text();
        open(out);
        out.raw(TEXT)
                .text("Refused (" + code + ", rule " + refusal.rule() + "): " + refusal.message() + " "
                        + refusal.advice())
                .raw(END_CONTENT)
                .raw(FAILED);
        meta(out, callId)
                .raw(REFUSAL)
                .text(code)
                .raw(RULE)
                .text(refusal.rule())
                .raw(MESSAGE)
                .text(refusal.message())
                .raw(ADVICE)
                .text(refusal.advice())
                .raw(END);
        out.raw(END).raw(END);
    }

    void failed(JsonBytes out, ToolFault fault, String callId) {
        String code = fault.kind().code();
        open(out);
        out.raw(TEXT)
                .text("Failed (" + code + "): " + fault.message()
                        + (fault.detail().isEmpty() ? "" : " " + fault.detail()))
                .raw(END_CONTENT)
                .raw(FAILED);
        meta(out, callId)
                .raw(FAULT)
                .text(code)
                .raw(MESSAGE)
                .text(fault.message())
                .raw(DETAIL)
                .text(fault.detail())
                .raw(END);
        out.raw(END).raw(END);
    }

    private void open(JsonBytes out) {
        out.raw(OPEN);
        if (era == Era.MODERN) {
            out.raw(COMPLETE);
        }
    }

    private JsonBytes meta(JsonBytes out, String callId) {
        out.raw(META).text(callId);
        return era == Era.MODERN ? out.raw(COMMA).raw(serverInfo) : out;
    }

    private boolean structured(JsonNode value, ShownTool tool) {
        return era == Era.MODERN ? tool.structured() : tool.structuredObject() && value.isObject();
    }

    private void blocks(JsonBytes out, Answer.Blocks blocks) {
        out.raw(CONTENT).node(blocks.content());
        JsonNode structured = blocks.structured();
        if (structured != null && (era == Era.MODERN || structured.isObject())) {
            out.raw(STRUCTURED).node(structured);
        }
        if (blocks.failed()) {
            out.raw(FAILED);
        }
    }

    private static void bytes(JsonBytes out, Answer.Bytes answer, String callId) {
        String type = answer.mediaType().toLowerCase(Locale.ROOT);
        if (type.startsWith("image/") || type.startsWith("audio/")) {
            out.raw(type.startsWith("image/") ? IMAGE : AUDIO)
                    .base64(answer.bytes())
                    .raw(MIME_TYPE)
                    .text(answer.mediaType())
                    .raw(END_CONTENT);
        } else {
            out.raw(RESOURCE)
                    .ascii7(callId)
                    .raw(RESOURCE_TYPE)
                    .text(answer.mediaType())
                    .raw(BLOB)
                    .base64(answer.bytes())
                    .raw(END_RESOURCE);
        }
    }
}
