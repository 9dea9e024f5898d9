package dev.toolkeep.protocol.message;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// What the bytes of one message are. Nothing is guessed, cut or replaced: what is not what it should be is a fault.
public final class Decoding {
    private static final String BYTES = "application/octet-stream";

    private Decoding() {}

    /// JSON where the text is JSON, else text.
    ///
    /// @throws Malformed when the bytes are not in the character set
    public static Answer any(byte[] bytes, Charset charset, int limit) throws Malformed {
        String text = text(bytes, charset);
        byte[] utf8 = charset.equals(StandardCharsets.UTF_8) ? bytes : text.getBytes(StandardCharsets.UTF_8);
        try {
            return new Answer.Json(parsed(utf8, limit), utf8);
        } catch (Malformed notJson) {
            return new Answer.Text(text);
        }
    }

    /// @throws Malformed when it is not JSON
    public static Answer json(byte[] bytes, int limit) throws Malformed {
        return new Answer.Json(parsed(bytes, limit), bytes);
    }

    public static Answer raw(byte[] bytes) {
        return new Answer.Bytes(BYTES, bytes);
    }

    /// @throws Malformed when it is not JSON
    public static JsonNode parsed(byte[] bytes, int limit) throws Malformed {
        return StrictJson.parse(bytes, Bounds.ANSWER.withBytes(limit));
    }

    /// @throws Malformed when the bytes are not in the character set
    public static String text(byte[] bytes, Charset charset) throws Malformed {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("not in the character set " + charset.name());
        }
    }

    /// An answer as one event among others; bytes as `{"base64": ...}`.
    public static JsonNode event(Answer answer) {
        return switch (answer) {
            case Answer.Json json -> json.value();
            case Answer.Text text -> Json.string(text.text());
            case Answer.Bytes bytes ->
                Json.object().put("base64", java.util.Base64.getEncoder().encodeToString(bytes.bytes()));
            case Answer.Blocks blocks -> blocks.content();
            case Answer.Asks asks -> asks.requests();
        };
    }

    /// The fault of a message that is not what it should be.
    public static Sent bad(Malformed malformed) {
        return new Sent.Failed(ToolFault.of(
                ToolFault.Kind.BAD_ANSWER, "what the tool's server answered is not valid: " + malformed.getMessage()));
    }
}
