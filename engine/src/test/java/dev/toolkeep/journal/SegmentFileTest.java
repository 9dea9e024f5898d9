package dev.toolkeep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFileTest {
    @TempDir
    Path folder;

    @Test
    void whateverIsAddedStandsInTheFileWithZerosBehindItAfterEveryCommit() throws Exception {
        for (boolean sync : new boolean[] {true, false}) {
            Random random = new Random(3);
            Path file = folder.resolve("segment" + sync);
            Files.write(file, new byte[1 << 16]);
            ByteArrayOutputStream added = new ByteArrayOutputStream();
            long end = 0;
            for (int opened = 0; opened < 20; opened++) {
                try (SegmentFile segment = SegmentFile.open(file, end, sync)) {
                    for (int commit = 0; commit < 10; commit++) {
                        for (int i = random.nextInt(4); i >= 0; i--) {
                            byte[] line = text(random, random.nextInt(20) == 0 ? 700_000 : 3_000);
                            segment.add(line, line.length);
                            added.write(line);
                        }
                        segment.commit();
                        end = segment.end();
                        assertHolds(file, added.toByteArray());
                    }
                }
            }
        }
    }

    @Test
    void aFinishedFileEndsWithItsLastByte() throws Exception {
        Path file = folder.resolve("segment");
        Files.write(file, new byte[1 << 16]);
        try (SegmentFile segment = SegmentFile.open(file, 0, true)) {
            segment.add(new byte[] {'a', 'b', '\n', 'x'}, 3);
            segment.commit();
            segment.finish();
        }
        assertThat(Files.readString(file)).isEqualTo("ab\n");
    }

    private static void assertHolds(Path file, byte[] added) throws Exception {
        byte[] stands = Files.readAllBytes(file);
        assertThat(Arrays.mismatch(Arrays.copyOf(stands, added.length), added)).isEqualTo(-1);
        byte[] behind = Arrays.copyOfRange(stands, added.length, stands.length);
        assertThat(Arrays.mismatch(behind, new byte[behind.length])).isEqualTo(-1);
    }

    private static byte[] text(Random random, int most) {
        byte[] text = new byte[random.nextInt(most)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return text;
    }
}
