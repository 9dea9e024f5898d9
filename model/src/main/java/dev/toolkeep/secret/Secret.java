package dev.toolkeep.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One secret value in memory, as UTF-8 bytes. It cannot be printed ([#toString] says `<secret>`), compared or
/// serialised, and [#close] wipes it. Not thread-safe: one call owns it.
public final class Secret implements AutoCloseable {
    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value;
    }

    /// Takes the array over; the caller must not keep it.
    public static Secret take(byte[] value) {
        return new Secret(value);
    }

    public static Secret of(String value) {
        return new Secret(value.getBytes(StandardCharsets.UTF_8));
    }

    /// The value as text, for the one place that puts it on the wire.
    public String reveal() {
        return new String(value, StandardCharsets.UTF_8);
    }

    public int length() {
        return value.length;
    }

    @Override
    public void close() {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "<secret>";
    }
}
