package dev.toolkeep.protocol.framing;

import dev.toolkeep.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Server-sent events read from the bytes of a stream as they arrive (WHATWG HTML, "Parsing an event stream"): CR, LF
/// and CRLF end lines, a leading BOM is skipped, comments and unknown fields are ignored, an event without data is not
/// told but its id counts. Invalid UTF-8 stays as it is: the reader of the data refuses it. An unfinished event at the
/// end is dropped. Not thread-safe.
public final class EventStream {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LONGEST_ID = 1024;
    private static final long LONGEST_RETRY = 60_000;

    private final int longest;
    private final Consumer<Event> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private String type = "";
    private String lastId = "";
    private long retry;
    private boolean dataSeen;
    private boolean afterCarriage;
    private boolean first = true;

    /// One event. `type` is `message` where the stream names none.
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    public record Event(String type, byte[] data) {
        public boolean message() {
            return type.equals("message");
        }
    }

    /// @param longest bytes of one line, and of one event's data
    /// @param retry milliseconds to wait before coming back, until the server says otherwise
    /// @param events takes each event that has data
    public EventStream(int longest, long retry, Consumer<Event> events) {
        this.longest = longest;
        this.retry = Math.min(retry, LONGEST_RETRY);
        this.events = events;
    }

    /// The last event id, or empty.
    public String lastId() {
        return lastId;
    }

    /// Milliseconds the server wants us to wait before we come back, at most a minute.
    public long retry() {
        return retry;
    }

    /// @throws Malformed when a line or an event is too long
    public void take(byte[] bytes) throws Malformed {
        for (byte b : bytes) {
            if (b == '\n' && afterCarriage) {
                afterCarriage = false;
                continue;
            }
            afterCarriage = b == '\r';
            if (b == '\n' || b == '\r') {
                endLine();
            } else if (line.size() < longest) {
                line.write(b);
            } else {
                throw new Malformed("an event is larger than " + longest + " bytes");
            }
        }
    }

    private void endLine() throws Malformed {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (bytes.length == 0) {
            endEvent();
            return;
        }
        int start = first && startsWithBom(bytes) ? BOM.length : 0;
        first = false;
        int colon = start;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, bytes.length);
        if (value < bytes.length && bytes[value] == ' ') {
            value++;
        }
        field(new String(bytes, start, colon - start, StandardCharsets.UTF_8), bytes, value);
    }

    private void field(String name, byte[] bytes, int from) throws Malformed {
        switch (name) {
            case "data" -> {
                if (data.size() + bytes.length - from + 1 > longest) {
                    throw new Malformed("an event is larger than " + longest + " bytes");
                }
                if (dataSeen) {
                    data.write('\n');
                }
                data.write(bytes, from, bytes.length - from);
                dataSeen = true;
            }
            case "event" -> type = text(bytes, from);
            case "id" -> {
                String id = text(bytes, from);
                // A NUL makes it void by the rules; a line end cannot be in it; we send it back in a header.
                if (id.length() <= LONGEST_ID && id.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)) {
                    lastId = id;
                }
            }
            case "retry" -> {
                String digits = text(bytes, from);
                if (!digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    retry = Math.min(Long.parseLong(digits), LONGEST_RETRY);
                }
            }
            default -> {
                // A comment (empty name) or an unknown field.
            }
        }
    }

    private void endEvent() {
        String named = type.isEmpty() ? "message" : type;
        byte[] whole = data.toByteArray();
        type = "";
        data.reset();
        dataSeen = false;
        if (whole.length > 0) {
            events.accept(new Event(named, whole));
        }
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    private static boolean startsWithBom(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2];
    }
}
