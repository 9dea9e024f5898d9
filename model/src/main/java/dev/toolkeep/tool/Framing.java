package dev.toolkeep.tool;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Where a message ends in a stream of bytes, in both directions.
public sealed interface Framing {
    /// An unsigned number of `bytes` bytes before the message says how many bytes it has.
    ///
    /// @param bytes 1, 2, 4 or 8
    record LengthPrefix(int bytes, boolean bigEndian) implements Framing {}

    /// A run of bytes after the message.
    ///
    /// @param written as the template has it, not empty
    /// @param escapes whether `\n`, `\r`, `\t`, `\0`, `\\` and `\xHH` in it stand for one byte each
    record Delimiter(String written, boolean escapes) implements Framing {
        /// @throws IllegalArgumentException when a backslash starts nothing known
        public byte[] bytes() {
            if (!escapes) {
                return written.getBytes(StandardCharsets.UTF_8);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int at = 0;
            while (at < written.length()) {
                int end = written.indexOf('\\', at);
                String plain = written.substring(at, end < 0 ? written.length() : end);
                bytes.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
                at = end < 0 ? written.length() : escape(end + 1, bytes);
            }
            return bytes.toByteArray();
        }

        private int escape(int at, ByteArrayOutputStream bytes) {
            char c = at < written.length() ? written.charAt(at) : ' ';
            int known = "nrt0\\".indexOf(c);
            if (known >= 0) {
                bytes.write("\n\r\t\0\\".charAt(known));
                return at + 1;
            }
            if (c == 'x' && at + 2 < written.length()) {
                int high = Character.digit(written.charAt(at + 1), 16);
                int low = Character.digit(written.charAt(at + 2), 16);
                if (high >= 0 && low >= 0) {
                    bytes.write(high * 16 + low);
                    return at + 3;
                }
            }
            throw new IllegalArgumentException("an escape in it is not \\n, \\r, \\t, \\0, \\\\ or \\xHH");
        }
    }

    /// Every answer has so many bytes. What is sent is not padded.
    record FixedLength(int bytes) implements Framing {}

    /// The message ends with the connection.
    record Stream() implements Framing {}
}
