package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the bytes of a successful response are, by their content type alone: JSON is parsed strictly, text is decoded
/// strictly, the rest stays bytes.
public final class HttpAnswers {
    private static final Set<String> TEXT = Set.of(
            "application/xml",
            "application/yaml",
            "application/x-yaml",
            "application/x-ndjson",
            "application/javascript",
            "application/x-www-form-urlencoded");

    private HttpAnswers() {}

    public static Sent read(@Nullable String contentType, byte[] bytes, int limit) {
        if (bytes.length == 0) {
            return new Sent.Answered(new Answer.Text(""));
        }
        String type = mediaType(contentType);
        if (type.equals("application/json") || type.endsWith("+json")) {
            return json(bytes, limit);
        }
        if (type.startsWith("text/") || type.endsWith("+xml") || TEXT.contains(type)) {
            return text(bytes, charset(contentType));
        }
        String plain = type.isEmpty() ? decode(bytes, StandardCharsets.UTF_8) : null;
        if (plain != null) {
            return new Sent.Answered(new Answer.Text(plain));
        }
        return new Sent.Answered(new Answer.Bytes(type.isEmpty() ? "application/octet-stream" : type, bytes));
    }

    private static Sent json(byte[] bytes, int limit) {
        try {
            return new Sent.Answered(new Answer.Json(StrictJson.parse(bytes, Bounds.ANSWER.withBytes(limit)), bytes));
        } catch (Malformed malformed) {
            return failed("the tool's server answered with JSON that is not valid: " + malformed.getMessage());
        }
    }

    private static Sent text(byte[] bytes, @Nullable Charset charset) {
        String text = charset == null ? null : decode(bytes, charset);
        return text == null
                ? failed("the tool's server answered with text that is not in the character set it declares")
                : new Sent.Answered(new Answer.Text(text));
    }

    private static @Nullable String decode(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /// The declared character set, UTF-8 when none is, null when there is no such one here.
    private static @Nullable Charset charset(@Nullable String contentType) {
        String[] parts = contentType == null ? new String[0] : contentType.split(";", -1);
        for (String part : parts) {
            String parameter = part.strip();
            if (parameter.regionMatches(true, 0, "charset=", 0, 8)) {
                try {
                    return Charset.forName(
                            parameter.substring(8).replace("\"", "").strip());
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    return null;
                }
            }
        }
        return StandardCharsets.UTF_8;
    }

    /// What a server said with an error status, cut and made fit to print: one line, no control or direction
    /// characters.
    public static String excerpt(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 8_000), StandardCharsets.UTF_8);
        StringBuilder clean = new StringBuilder(Math.min(text.length(), 2_000));
        boolean gap = false;
        for (int at = 0; at < text.length() && clean.length() < 1_990; ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            int kind = Character.getType(c);
            if (Character.isWhitespace(c) || kind == Character.CONTROL) {
                gap = !clean.isEmpty();
            } else if (kind != Character.FORMAT && kind != Character.SURROGATE && kind != Character.PRIVATE_USE) {
                clean.append(gap ? " " : "").appendCodePoint(c);
                gap = false;
            }
        }
        return clean.toString();
    }

    private static Sent failed(String words) {
        return new Sent.Failed(ToolFault.of(Kind.BAD_ANSWER, words));
    }
}
