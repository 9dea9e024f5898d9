package dev.toolkeep.protocol.framing;

import dev.toolkeep.tool.Framing;
import dev.toolkeep.wire.Malformed;
import java.util.Arrays;

/// Puts a message into its frame, so that the peer finds the same end to it as we do.
public final class MessageWriter {
    private MessageWriter() {}

    /// The bytes to send.
    ///
    /// @throws Malformed when a peer would read another message, or more than one
    public static byte[] frame(Framing framing, byte[] message) throws Malformed {
        return switch (framing) {
            case Framing.Stream() -> message;
            case Framing.FixedLength _ -> message;
            case Framing.LengthPrefix prefix -> prefixed(prefix, message);
            case Framing.Delimiter written -> {
                byte[] delimiter = written.bytes();
                byte[] framed = join(message, delimiter);
                if (firstEnd(framed, delimiter) != framed.length) {
                    throw new Malformed("it holds the delimiter that ends a message");
                }
                yield framed;
            }
        };
    }

    private static byte[] prefixed(Framing.LengthPrefix prefix, byte[] message) throws Malformed {
        byte[] length = new byte[prefix.bytes()];
        long rest = message.length;
        for (int i = 0; i < length.length; i++) {
            length[prefix.bigEndian() ? length.length - 1 - i : i] = (byte) rest;
            rest >>>= 8;
        }
        if (rest != 0) {
            throw new Malformed("it is longer than a length of " + prefix.bytes() + " bytes can say");
        }
        return join(length, message);
    }

    /// Where a reader finds the first delimiter to end; a message may end in a way that makes it begin earlier.
    private static int firstEnd(byte[] framed, byte[] delimiter) {
        int at = delimiter.length;
        while (!Arrays.equals(framed, at - delimiter.length, at, delimiter, 0, delimiter.length)) {
            at++;
        }
        return at;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
