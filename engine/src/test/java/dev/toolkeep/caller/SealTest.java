package dev.toolkeep.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    private static final byte[] PLAIN = "kept".getBytes(StandardCharsets.UTF_8);
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final InstantSource clock = () -> now;

    @TempDir
    Path folder;

    @Test
    void whatWasSealedOpensAgainAfterARestart() throws IOException {
        String sealed = seal("pepper").seal("session of ann", PLAIN, HOUR);
        assertThat(sealed).matches("[A-Za-z0-9_-]+").doesNotContain("kept");
        assertThat(seal("pepper").open("session of ann", sealed)).isEqualTo(PLAIN);
    }

    @Test
    void itOpensForNoOtherPurposeAndUnderNoOtherPepper() throws IOException {
        String sealed = seal("pepper").seal("session of ann", PLAIN, HOUR);
        assertThat(seal("pepper").open("session of bob", sealed)).isNull();
        assertThat(seal("other").open("session of ann", sealed)).isNull();
    }

    @Test
    void itDoesNotOpenWhenItsTimeIsOver() throws IOException {
        String sealed = seal("pepper").seal("p", PLAIN, HOUR);
        now = now.plus(HOUR);
        assertThat(seal("pepper").open("p", sealed)).isNull();
    }

    @Test
    void noBitOfItCanBeChanged() throws IOException {
        Seal seal = seal("pepper");
        String sealed = seal.seal("p", PLAIN, HOUR);
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            byte[] opened = seal.open("p", changed);
            // The last character of base64 may hold bits that mean nothing.
            assertThat(opened == null || i == sealed.length() - 1).isTrue();
        }
        assertThat(seal.open("p", "")).isNull();
        assertThat(seal.open("p", "no base64!")).isNull();
    }

    private Seal seal(String pepper) throws IOException {
        return Seal.of(Keys.open(folder.resolve(pepper)), clock);
    }
}
