package dev.toolkeep.protocol.http;

import dev.toolkeep.tool.PartEncoding;
import dev.toolkeep.tool.Placing;
import dev.toolkeep.wire.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Bodies whose members are written one by one: a form, or parts (RFC 7578).
final class MemberBody {
    private static final PartEncoding USUAL = new PartEncoding(Placing.Style.FORM, true, "", false);

    private MemberBody() {}

    static boolean multipart(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /// Nobody can foresee it, so no value can hold it.
    static String boundary() {
        return "toolkeep-" + UUID.randomUUID();
    }

    /// @param boundary between parts; empty: a form
    static Buffer write(JsonNode value, Map<String, PartEncoding> encoding, String boundary) throws Unsendable {
        if (!value.isObject()) {
            throw new Unsendable("the body of this tool is a form: it must be an object");
        }
        return boundary.isEmpty() ? form(value, encoding) : parts(value, encoding, boundary);
    }

    private static Buffer form(JsonNode value, Map<String, PartEncoding> encoding) {
        StringBuilder form = new StringBuilder();
        char separator = 0;
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            PartEncoding how = encoding.get(member.getKey());
            if (how == null) {
                separator = QueryText.append(form, separator, member.getKey(), member.getValue());
            } else if (!member.getValue().isNull()) {
                for (Styled.Pair pair : Styled.query(member.getKey(), how.style(), how.explode(), member.getValue())) {
                    separator = QueryText.pair(form, separator, pair.name(), pair.value());
                }
            }
        }
        return Buffer.buffer(form.toString());
    }

    private static Buffer parts(JsonNode value, Map<String, PartEncoding> encoding, String boundary) throws Unsendable {
        Buffer body = Buffer.buffer();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            PartEncoding how = encoding.getOrDefault(member.getKey(), USUAL);
            boolean many = member.getValue().isArray();
            for (JsonNode item : many ? member.getValue() : List.of(member.getValue())) {
                if (!item.isNull()) {
                    part(body, boundary, member.getKey(), item, how);
                }
            }
        }
        return body.appendString("--" + boundary + "--\r\n");
    }

    private static void part(Buffer body, String boundary, String name, JsonNode item, PartEncoding how)
            throws Unsendable {
        boolean json = item.isContainer();
        String usual =
                how.base64() ? "application/octet-stream" : json ? "application/json" : "text/plain; charset=utf-8";
        String quoted = quoted(name);
        body.appendString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted + "\""
                + (how.base64() ? "; filename=\"" + quoted + "\"" : "") + "\r\nContent-Type: "
                + (how.contentType().isEmpty() ? usual : how.contentType()) + "\r\n\r\n");
        byte[] bytes = how.base64()
                ? bytes(name, item)
                : (json ? Json.text(item) : ArgumentText.of(item)).getBytes(StandardCharsets.UTF_8);
        body.appendBytes(bytes).appendString("\r\n");
    }

    /// As browsers write a name (WHATWG HTML, "multipart/form-data").
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    /// The bytes of a Base64 argument (RFC 4648, 4).
    static byte[] bytes(String name, JsonNode value) throws Unsendable {
        try {
            if (value.isString()) {
                return Base64.getDecoder().decode(value.stringValue());
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw new Unsendable("the argument " + name + " must be bytes in Base64");
    }
}
