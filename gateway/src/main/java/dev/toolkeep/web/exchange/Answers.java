package dev.toolkeep.web.exchange;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.wire.Json;

/// Answers as JSON, for the places where only JSON fits.
public final class Answers {
    private static final byte[] CONTENT = JsonBytes.ascii("{\"content\":");
    private static final byte[] STRUCTURED = JsonBytes.ascii(",\"structuredContent\":");
    private static final byte[] FAILED = JsonBytes.ascii(",\"isError\":true}");
    private static final byte[] WORKED = JsonBytes.ascii(",\"isError\":false}");
    private static final byte[] MEDIA_TYPE = JsonBytes.ascii("{\"mediaType\":");
    private static final byte[] BASE64 = JsonBytes.ascii(",\"base64\":");
    private static final byte[] END = JsonBytes.ascii("}");

    private Answers() {}

    /// A JSON answer is itself, text a JSON string, bytes `{mediaType, base64}`, an MCP result
    /// `{content, structuredContent?, isError}`.
    public static byte[] json(Answer answer) {
        return switch (answer) {
            case Answer.Json json -> json.bytes();
            case Answer.Text text ->
                new JsonBytes(text.text().length() + 16).text(text.text()).bytes();
            case Answer.Bytes bytes ->
                new JsonBytes(bytes.bytes().length * 4 / 3 + 128)
                        .raw(MEDIA_TYPE)
                        .text(bytes.mediaType())
                        .raw(BASE64)
                        .base64(bytes.bytes())
                        .raw(END)
                        .bytes();
            case Answer.Blocks blocks -> blocks(blocks).bytes();
            case Answer.Asks asks -> Json.bytes(asks.requests());
        };
    }

    public static JsonBytes blocks(Answer.Blocks blocks) {
        JsonBytes out = new JsonBytes(512).raw(CONTENT).node(blocks.content());
        if (blocks.structured() != null) {
            out.raw(STRUCTURED).node(blocks.structured());
        }
        return out.raw(blocks.failed() ? FAILED : WORKED);
    }
}
