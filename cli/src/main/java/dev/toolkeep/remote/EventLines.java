package dev.toolkeep.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads server-sent events (WHATWG HTML, section 9.2) one by one: `event` and `data` fields; others are skipped.
/// Not thread-safe.
public final class EventLines {
    private final BufferedInputStream in;
    private final int most;
    private boolean afterReturn;

    /// @param most the bytes one event may measure
    EventLines(InputStream in, int most) {
        this.in = new BufferedInputStream(in);
        this.most = most;
    }

    /// @param name `message` where the stream named none
    /// @param data its data lines, joined by line feeds
    public record Event(String name, byte[] data) {}

    /// The next event, or null at the end. One that the end cuts short is no event.
    public @Nullable Event next() throws IOException {
        String name = "";
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        boolean any = false;
        for (byte[] line = line(); line != null; line = line()) {
            if (line.length == 0) {
                if (any) {
                    return new Event(name.isEmpty() ? "message" : name, data.toByteArray());
                }
                name = "";
            } else if (starts(line, "event:")) {
                name = new String(value(line, 6), StandardCharsets.UTF_8);
            } else if (starts(line, "data:")) {
                if (any) {
                    data.write('\n');
                }
                any = true;
                data.writeBytes(value(line, 5));
                if (data.size() > most) {
                    throw new IOException("an event is too long");
                }
            }
        }
        return null;
    }

    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            boolean pair = afterReturn && c == '\n';
            afterReturn = c == '\r';
            if (pair) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return line.toByteArray();
            }
            line.write(c);
            if (line.size() > most) {
                throw new IOException("a line is too long");
            }
        }
        return null;
    }

    private static boolean starts(byte[] line, String field) {
        return line.length >= field.length()
                && new String(line, 0, field.length(), StandardCharsets.ISO_8859_1).equals(field);
    }

    private static byte[] value(byte[] line, int from) {
        int start = from < line.length && line[from] == ' ' ? from + 1 : from;
        return java.util.Arrays.copyOfRange(line, start, line.length);
    }
}
