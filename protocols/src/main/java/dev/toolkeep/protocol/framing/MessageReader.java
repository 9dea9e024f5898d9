package dev.toolkeep.protocol.framing;

import dev.toolkeep.tool.Framing;
import dev.toolkeep.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts one message out of the bytes of a connection as they arrive, in pieces of any size. What a peer declares is
/// judged before room is made for it, and room is made only for what has come. Not thread-safe.
public final class MessageReader {
    private final Framing framing;
    private final int most;
    private final byte[] delimiter;
    private final Pending pending = new Pending();
    private long declared;
    private int prefixSeen;

    /// @param most the most bytes the message may have
    public MessageReader(Framing framing, int most) {
        this.framing = framing;
        this.most = most;
        this.delimiter = framing instanceof Framing.Delimiter written ? written.bytes() : new byte[0];
    }

    /// The message when these bytes made it whole, else null. What comes after it is not looked at.
    ///
    /// @throws Malformed when the message is, or says that it is, larger than it may be
    public byte @Nullable [] take(byte[] bytes) throws Malformed {
        return switch (framing) {
            case Framing.LengthPrefix prefix -> prefixed(prefix, bytes);
            case Framing.Delimiter _ -> delimited(bytes);
            case Framing.FixedLength(int length) -> counted(length, bytes, 0);
            case Framing.Stream() -> {
                append(bytes, 0, bytes.length);
                yield null;
            }
        };
    }

    /// The message when it ends with the connection, or null: what came is not whole.
    public byte @Nullable [] end() {
        return framing instanceof Framing.Stream ? pending.toByteArray() : null;
    }

    private byte @Nullable [] prefixed(Framing.LengthPrefix prefix, byte[] bytes) throws Malformed {
        int at = 0;
        while (prefixSeen < prefix.bytes() && at < bytes.length) {
            long next = bytes[at++] & 0xFF;
            declared = prefix.bigEndian() ? declared << 8 | next : declared | next << (8 * prefixSeen);
            prefixSeen++;
        }
        return prefixSeen < prefix.bytes() ? null : counted(declared, bytes, at);
    }

    private byte @Nullable [] counted(long length, byte[] bytes, int from) throws Malformed {
        if (Long.compareUnsigned(length, most) > 0) {
            throw tooLarge();
        }
        int missing = (int) length - pending.size();
        append(bytes, from, Math.min(missing, bytes.length - from));
        return pending.size() == length ? pending.toByteArray() : null;
    }

    private byte @Nullable [] delimited(byte[] bytes) throws Malformed {
        for (byte b : bytes) {
            pending.write(b);
            if (pending.endsWith(delimiter)) {
                byte[] whole = pending.toByteArray();
                return Arrays.copyOf(whole, whole.length - delimiter.length);
            }
            if (pending.size() >= most + delimiter.length) {
                throw tooLarge();
            }
        }
        return null;
    }

    private void append(byte[] bytes, int from, int length) throws Malformed {
        if (pending.size() + (long) length > most) {
            throw tooLarge();
        }
        pending.write(bytes, from, length);
    }

    private Malformed tooLarge() {
        return new Malformed("the message is larger than " + most + " bytes");
    }

    /// Bytes that can be asked how they end.
    private static final class Pending extends ByteArrayOutputStream {
        boolean endsWith(byte[] end) {
            return count >= end.length && Arrays.equals(buf, count - end.length, count, end, 0, end.length);
        }
    }
}
