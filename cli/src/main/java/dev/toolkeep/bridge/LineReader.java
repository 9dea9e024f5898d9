package dev.toolkeep.bridge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Lines of bytes up to a bound. Not thread-safe.
final class LineReader {
    private final InputStream in;
    private final int most;
    private boolean ended;

    /// @param most the bytes one line may measure
    LineReader(InputStream in, int most) {
        this.in = new BufferedInputStream(in);
        this.most = most;
    }

    /// One line without its end.
    ///
    /// @param tooLong whether it was longer than it may be; nothing of it was kept then
    record Line(byte[] bytes, boolean tooLong) {}

    /// The next line; null at the end of the input.
    @Nullable
    Line next() throws IOException {
        if (ended) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        int c = in.read();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (++length <= most) {
                line.write(c);
            }
        }
        ended = c < 0;
        return ended && length == 0 ? null : new Line(length > most ? new byte[0] : line.toByteArray(), length > most);
    }
}
