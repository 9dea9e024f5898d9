package dev.toolkeep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifierTest {
    private static final JournalKey KEY = JournalKey.of(new byte[32]);
    private static final int RECORDS = 60;

    @TempDir
    Path folder;

    @BeforeEach
    void writeThreeSegments() throws IOException {
        try (Journal journal =
                Journal.open(folder, KEY, InstantSource.system(), new JournalOptions(4_000, 1_000, false))) {
            while (journal.record(Event.of("test.wrote").with("value", "some value\nand \u00e9")) < RECORDS) {
                assertThat(journal.sound()).isTrue();
            }
        }
        assertThat(Segments.in(folder)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(verify()).isInstanceOf(JournalVerifier.Verdict.Whole.class);
    }

    private JournalVerifier.Verdict verify() throws IOException {
        return new JournalVerifier(folder, KEY).verify();
    }

    private long firstBad() throws IOException {
        return verify() instanceof JournalVerifier.Verdict.Broken broken ? broken.record() : -1;
    }

    private List<String> lines(Path file) throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    @Test
    void anyFlippedBitIsFoundAndItsRecordNamed() throws IOException {
        Random random = new Random(7);
        for (Path file : Segments.in(folder)) {
            byte[] good = Files.readAllBytes(file);
            for (int round = 0; round < 150; round++) {
                int place = random.nextInt(good.length);
                byte[] bad = good.clone();
                bad[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bad);
                long record = Segments.first(file)
                        + new String(good, 0, place, StandardCharsets.ISO_8859_1)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                assertThat(firstBad())
                        .as("byte %s of %s: %s", place, file, verify())
                        .isEqualTo(record);
            }
            Files.write(file, good);
        }
        assertThat(firstBad()).isEqualTo(-1);
    }

    @Test
    void aDeletedRecordIsNamed() throws IOException {
        for (Path file : Segments.in(folder)) {
            List<String> good = lines(file);
            for (int i = 0; i < good.size(); i++) {
                List<String> bad = new ArrayList<>(good);
                bad.remove(i);
                Files.write(file, bad);
                assertThat(firstBad()).isEqualTo(Segments.first(file) + i);
            }
            Files.write(file, good);
        }
    }

    @Test
    void swappedRecordsAreNamed() throws IOException {
        Path file = Segments.in(folder).get(1);
        List<String> bad = lines(file);
        Collections.swap(bad, 2, 3);
        Files.write(file, bad);
        assertThat(firstBad()).isEqualTo(Segments.first(file) + 2);
    }

    @Test
    void aLogCutShortIsNamedAtTheFirstMissingRecord() throws IOException {
        Path file = Segments.in(folder).getLast();
        List<String> bad = lines(file);
        bad.removeLast();
        long missing = Segments.first(file) + bad.size();
        Files.write(file, bad);
        assertThat(firstBad()).isEqualTo(missing);
        Files.delete(file);
        assertThat(firstBad()).isEqualTo(Segments.first(file));
    }

    @Test
    void aMissingFileIsNamedByItsFirstRecord() throws IOException {
        Path second = Segments.in(folder).get(1);
        byte[] kept = Files.readAllBytes(second);
        Files.delete(second);
        assertThat(firstBad()).isEqualTo(Segments.first(second));
        Files.write(second, kept);
        Files.delete(Segments.in(folder).getFirst());
        assertThat(firstBad()).isEqualTo(1);
    }

    @Test
    void aChainRewrittenFromTheStartDoesNotPassWithoutTheKey() throws IOException {
        List<Path> files = Segments.in(folder);
        long last = 0;
        RecordWriter forger = new RecordWriter(0, new byte[32]);
        for (Path file : files) {
            StringBuilder forged = new StringBuilder();
            for (String ignored : lines(file)) {
                forger.write(Event.of("test.forged"), 1);
                forged.append(new String(forger.line(), 0, forger.length(), StandardCharsets.UTF_8));
                last++;
            }
            Files.writeString(file, forged);
        }
        assertThat(firstBad()).isEqualTo(last);
    }

    @Test
    void aHeadThatWasTouchedIsRefused() throws IOException {
        Path head = folder.resolve(Head.FILE);
        byte[] good = Files.readAllBytes(head);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(head, bad);
            assertThat(verify()).isInstanceOf(JournalVerifier.Verdict.Broken.class);
        }
    }
}
