package dev.toolkeep.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a segment line by line and knows where each line began.
final class LineReader implements AutoCloseable {
    /// No record is longer: a record's values are bounded.
    private static final int LONGEST = 1 << 20;

    private final InputStream in;
    private long position;

    LineReader(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /// One line without its line feed.
    ///
    /// @param start its first byte's place in the file
    /// @param whole whether a line feed ended it; the zeros behind the last record are a line that is not
    record Line(long start, byte[] bytes, boolean whole) {}

    /// The next line, or null at the end of the file. No record holds a zero byte: a line ends there, not whole, and
    /// nothing behind it is read.
    @Nullable
    Line next() throws IOException {
        long start = position;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int b;
        while ((b = in.read()) >= 0) {
            if (b == 0) {
                return new Line(start, bytes.toByteArray(), false);
            }
            position++;
            if (b == '\n') {
                return new Line(start, bytes.toByteArray(), true);
            }
            if (bytes.size() < LONGEST) {
                bytes.write(b);
            }
        }
        return position == start ? null : new Line(start, bytes.toByteArray(), false);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
