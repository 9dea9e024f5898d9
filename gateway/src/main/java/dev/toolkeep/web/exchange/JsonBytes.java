package dev.toolkeep.web.exchange;

import dev.toolkeep.wire.Json;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// JSON written once, straight into the bytes that go out: parts that are JSON already are copied as they are, never
/// parsed or encoded again. Not thread-safe; unusable after [#buffer].
public final class JsonBytes {
    private static final byte[] HEX = ascii("0123456789abcdef");
    /// 0: as it is, `u`: as `\\u00XX`, else: after a backslash.
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes;
    private int length;

    public JsonBytes(int expected) {
        bytes = new byte[Math.max(expected, 64)];
    }

    /// A constant's bytes.
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// JSON, or a piece of it, as it is.
    public JsonBytes raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    public JsonBytes raw(byte[] json, int from, int to) {
        room(to - from);
        System.arraycopy(json, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    public JsonBytes node(JsonNode node) {
        return raw(Json.bytes(node));
    }

    public JsonBytes number(long number) {
        return ascii7(Long.toString(number));
    }

    /// ASCII that needs no escaping, as it is.
    public JsonBytes ascii7(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /// A JSON string.
    public JsonBytes text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A JSON string of valid UTF-8.
    public JsonBytes text(byte[] utf8) {
        room(utf8.length + 2);
        bytes[length++] = '"';
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            byte escape = b >= 0 ? ESCAPES[b] : 0;
            if (escape == 0) {
                bytes[length++] = b;
            } else {
                escaped(b, escape, utf8.length - i);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /// A JSON string of these bytes in base64.
    public JsonBytes base64(byte[] binary) {
        byte[] encoded = Base64.getEncoder().encode(binary);
        room(encoded.length + 2);
        bytes[length++] = '"';
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        bytes[length++] = '"';
        return this;
    }

    public int length() {
        return length;
    }

    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// The bytes themselves, not copied.
    public Buffer buffer() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, length));
    }

    /// `json`, not copied: nobody may change it afterwards.
    public static Buffer wrap(byte[] json) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(json));
    }

    private void escaped(byte b, byte escape, int left) {
        room(left + 7);
        bytes[length++] = '\\';
        bytes[length++] = escape;
        if (escape == 'u') {
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[b >> 4];
            bytes[length++] = HEX[b & 15];
        }
    }

    /// Always leaves two bytes more than asked for, so a string's closing quote fits.
    private void room(int more) {
        int needed = Math.addExact(length, more + 2);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
        }
    }

    private static byte[] escapes() {
        byte[] table = new byte[128];
        Arrays.fill(table, 0, 0x20, (byte) 'u');
        table['"'] = '"';
        table['\\'] = '\\';
        table['\n'] = 'n';
        table['\r'] = 'r';
        table['\t'] = 't';
        table[0x7f] = 0;
        return table;
    }
}
