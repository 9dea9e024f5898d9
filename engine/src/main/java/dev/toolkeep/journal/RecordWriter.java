package dev.toolkeep.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Writes events as journal lines: RFC 8785 canonical JSON (flat: text and whole numbers only), each line carrying the
/// hash of the line before. One thread only.
final class RecordWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest sha256;
    private byte[] line = new byte[1024];
    private int length;
    private byte[] previous;
    private long sequence;

    /// Continues after record `sequence`, whose line has the hash `previous` (32 bytes).
    RecordWriter(long sequence, byte[] previous) {
        this.sequence = sequence;
        this.previous = previous.clone();
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    long sequence() {
        return sequence;
    }

    byte[] hash() {
        return previous.clone();
    }

    /// Writes the next record; its bytes, ending in a line feed, are [#line] up to [#length] until the next call.
    void write(Event event, long atMillis) {
        length = 0;
        sequence++;
        int next = 0;
        next = membersBefore("at", event, next);
        name("at");
        number(atMillis);
        next = membersBefore("prev", event, next);
        name("prev");
        hex(previous);
        next = membersBefore("seq", event, next);
        name("seq");
        number(sequence);
        next = membersBefore("type", event, next);
        name("type");
        text(event.type());
        membersBefore("\uffff", event, next);
        put((byte) '}');
        sha256.update(line, 0, length);
        previous = sha256.digest();
        put((byte) '\n');
    }

    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    private int membersBefore(String own, Event event, int from) {
        int next = from;
        while (next < event.size() && event.name(next).compareTo(own) < 0) {
            name(event.name(next));
            if (event.value(next) instanceof Long number) {
                number(number);
            } else {
                text((String) event.value(next));
            }
            next++;
        }
        return next;
    }

    private void name(String name) {
        put((byte) (length == 0 ? '{' : ','));
        text(name);
        put((byte) ':');
    }

    private void number(long value) {
        // RFC 8785 numbers are IEEE doubles: beyond 2^53 a whole number would not survive other readers.
        ascii(Math.abs(value) <= (1L << 53) ? Long.toString(value) : "\"" + value + "\"");
    }

    private void hex(byte[] bytes) {
        room(2 * bytes.length + 2);
        line[length++] = '"';
        for (byte b : bytes) {
            line[length++] = HEX[(b >> 4) & 15];
            line[length++] = HEX[b & 15];
        }
        line[length++] = '"';
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            line[length++] = (byte) text.charAt(i);
        }
    }

    private void text(String text) {
        room(text.length() * 6 + 2);
        line[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                line[length++] = (byte) c;
            } else if (c < 0x80) {
                escape(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                utf8(Character.isSurrogate(c) ? 0xfffd : c);
            }
        }
        line[length++] = '"';
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> pair(c);
            case '\b' -> pair('b');
            case '\t' -> pair('t');
            case '\n' -> pair('n');
            case '\f' -> pair('f');
            case '\r' -> pair('r');
            case 0x7f -> line[length++] = 0x7f;
            default -> {
                pair('u');
                line[length++] = '0';
                line[length++] = '0';
                line[length++] = HEX[c >> 4];
                line[length++] = HEX[c & 15];
            }
        }
    }

    private void pair(char c) {
        line[length++] = '\\';
        line[length++] = (byte) c;
    }

    private void utf8(int point) {
        if (point < 0x800) {
            line[length++] = (byte) (0xc0 | (point >> 6));
        } else if (point < 0x10000) {
            line[length++] = (byte) (0xe0 | (point >> 12));
            line[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        } else {
            line[length++] = (byte) (0xf0 | (point >> 18));
            line[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
            line[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        }
        line[length++] = (byte) (0x80 | (point & 0x3f));
    }

    private void put(byte b) {
        room(1);
        line[length++] = b;
    }

    private void room(int more) {
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + more));
        }
    }
}
