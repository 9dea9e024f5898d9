package dev.toolkeep.protocol.framing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/// The frames a WebSocket client sends (RFC 6455, 5.2), each whole and masked with fresh random bytes (5.3), so that
/// nobody on the way can be made to read a message as something else. Thread-safe.
public final class WebSocketWriter {
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;

    private final SecureRandom random;

    public WebSocketWriter(SecureRandom random) {
        this.random = random;
    }

    /// @param message UTF-8
    public byte[] text(byte[] message) {
        return frame(1, message);
    }

    public byte[] ping() {
        return frame(9, new byte[0]);
    }

    public byte[] pong(byte[] asked) {
        return frame(10, asked);
    }

    public byte[] close(int code) {
        return frame(8, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private byte[] frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (LAST | opcode));
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        byte[] written = new byte[frame.position()];
        frame.flip().get(written);
        return written;
    }
}
