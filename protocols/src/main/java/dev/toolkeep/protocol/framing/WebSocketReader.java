package dev.toolkeep.protocol.framing;

import dev.toolkeep.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a WebSocket server sends, read from the bytes of the connection as they arrive (RFC 6455, 5). Strict where the
/// standard is: a masked frame, a reserved bit, an unknown opcode, a control frame that is long or in parts, and a
/// continuation of nothing are refused. A length is judged before room is made for it. Not thread-safe.
public final class WebSocketReader {
    /// The server closed without saying why.
    public static final int NO_CODE = 1005;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_PARTS = 100_000;

    private final int most;
    private final Listener listener;
    private final byte[] head = new byte[10];
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int headSeen;
    private long length;
    private boolean inMessage;
    private boolean text;
    private int parts;
    private boolean closed;
    private boolean tooLarge;

    /// Hears what was read, in order.
    public interface Listener {
        /// A whole message; text is UTF-8 by promise, not checked here.
        void message(boolean text, byte[] bytes);

        /// Wants a pong of the same bytes, at most 125.
        void ping(byte[] bytes);

        void pong();

        /// The last thing that is heard.
        ///
        /// @param code why, or [#NO_CODE]
        void close(int code, String reason);
    }

    /// @param most the most bytes of one message
    public WebSocketReader(int most, Listener listener) {
        this.most = most;
        this.listener = listener;
    }

    /// @throws Malformed when the server broke the protocol, or [#tooLarge] is true; nothing may be taken afterwards
    public void take(byte[] bytes) throws Malformed {
        int at = 0;
        while (at < bytes.length && !closed) {
            if (headSeen < headLength()) {
                head[headSeen++] = bytes[at++];
                if (headSeen == headLength()) {
                    headed();
                }
            } else {
                int taken = (int) Math.min(bytes.length - at, length - payload.size());
                payload.write(bytes, at, taken);
                at += taken;
            }
            if (headSeen == headLength() && payload.size() == length) {
                framed();
            }
        }
    }

    /// Whether what was refused was refused for its size.
    public boolean tooLarge() {
        return tooLarge;
    }

    private int headLength() {
        if (headSeen < 2) {
            return 2;
        }
        int said = head[1] & 0x7F;
        return said == 126 ? 4 : said == 127 ? 10 : 2;
    }

    private int opcode() {
        return head[0] & 0x0F;
    }

    private boolean last() {
        return (head[0] & 0x80) != 0;
    }

    private void headed() throws Malformed {
        if ((head[0] & 0x70) != 0) {
            throw new Malformed("a frame has a reserved bit set, which nothing was agreed for");
        }
        if ((head[1] & 0x80) != 0) {
            throw new Malformed("a server's frame is masked");
        }
        int said = head[1] & 0x7F;
        length = said < 126 ? said : 0;
        for (int i = 2; i < headLength(); i++) {
            length = length << 8 | (head[i] & 0xFF);
        }
        if (opcode() >= CLOSE) {
            if (opcode() > PONG || !last() || said > 125) {
                throw new Malformed("a control frame is unknown, in parts, or longer than 125 bytes");
            }
        } else {
            dataHeaded();
        }
    }

    private void dataHeaded() throws Malformed {
        if (opcode() > BINARY || inMessage != (opcode() == CONTINUATION)) {
            throw new Malformed("a frame is of an unknown kind, or continues nothing, or interrupts a message");
        }
        if (length < 0 || length > most - message.size()) {
            tooLarge = true;
            throw new Malformed("a message is larger than " + most + " bytes");
        }
        if (++parts > MOST_PARTS) {
            throw new Malformed("a message has more than " + MOST_PARTS + " parts");
        }
    }

    private void framed() {
        byte[] bytes = payload.toByteArray();
        int opcode = opcode();
        boolean last = last();
        payload.reset();
        headSeen = 0;
        length = 0;
        switch (opcode) {
            case PING -> listener.ping(bytes);
            case PONG -> listener.pong();
            case CLOSE -> closed(bytes);
            default -> part(opcode, last, bytes);
        }
    }

    private void part(int opcode, boolean last, byte[] bytes) {
        text = opcode == CONTINUATION ? text : opcode == TEXT;
        inMessage = !last;
        message.writeBytes(bytes);
        if (last) {
            byte[] whole = message.toByteArray();
            message.reset();
            parts = 0;
            listener.message(text, whole);
        }
    }

    private void closed(byte[] bytes) {
        closed = true;
        int code = bytes.length < 2 ? NO_CODE : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        byte[] reason = bytes.length < 2 ? new byte[0] : Arrays.copyOfRange(bytes, 2, bytes.length);
        listener.close(code, new String(reason, StandardCharsets.UTF_8));
    }
}
