package dev.toolkeep.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Which Toolkeep this is, as the build wrote it.
public final class ProgramVersion {
    private ProgramVersion() {}

    /// Such as `0.1.0`.
    public static String text() {
        try (InputStream in = ProgramVersion.class.getResourceAsStream("version")) {
            if (in == null) {
                throw new IllegalStateException("the program was built without its version");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
