package dev.toolkeep.protocol.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of a stream, each at most `longest` bytes: memory stays bounded whatever is sent. Not thread-safe.
final class Lines {
    private static final int EDGE = 256;

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[16 << 10];
    private byte[] line = new byte[4 << 10];
    private int from;
    private int to;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// One line without its end. When `cut` is true it was longer than allowed and `bytes` are its first and last 256.
    record Line(byte[] bytes, boolean cut) {}

    /// The next line, or null at the end of the stream. A last line without an end counts.
    @Nullable
    Line next() throws IOException {
        int length = 0;
        boolean cut = false;
        byte[] tail = new byte[0];
        while (true) {
            if (from == to) {
                from = 0;
                to = Math.max(in.read(chunk), 0);
                if (to == 0) {
                    return length == 0 && !cut ? null : line(length, cut, tail);
                }
            }
            int end = indexOfEnd();
            int size = end - from;
            if (!cut && length + size > longest) {
                cut = true;
                int head = Math.min(length + size, EDGE);
                line = Arrays.copyOf(line, Math.max(line.length, EDGE));
                System.arraycopy(chunk, from, line, Math.min(length, EDGE), Math.max(head - length, 0));
                length = head;
            }
            if (cut) {
                tail = lastOf(tail, size);
            } else {
                line = Arrays.copyOf(line, Math.max(line.length, room(length + size)));
                System.arraycopy(chunk, from, line, length, size);
                length += size;
            }
            from = end;
            if (end < to) {
                from++;
                return line(length, cut, tail);
            }
        }
    }

    private int indexOfEnd() {
        int end = from;
        while (end < to && chunk[end] != '\n') {
            end++;
        }
        return end;
    }

    /// The next power of two, so that growing stays linear, and never past what a line may measure.
    private int room(int size) {
        return size <= line.length ? line.length : Math.min(Integer.highestOneBit(size) << 1, Math.max(longest, size));
    }

    private byte[] lastOf(byte[] before, int size) {
        int fresh = Math.min(size, EDGE);
        int kept = Math.min(before.length, EDGE - fresh);
        byte[] last = new byte[kept + fresh];
        System.arraycopy(before, before.length - kept, last, 0, kept);
        System.arraycopy(chunk, from + size - fresh, last, kept, fresh);
        return last;
    }

    private Line line(int length, boolean cut, byte[] tail) {
        byte[] bytes = Arrays.copyOf(line, length + tail.length);
        System.arraycopy(tail, 0, bytes, length, tail.length);
        if (line.length > 1 << 20) {
            line = new byte[4 << 10];
        }
        boolean carriage = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return new Line(carriage ? Arrays.copyOf(bytes, bytes.length - 1) : bytes, cut);
    }
}
