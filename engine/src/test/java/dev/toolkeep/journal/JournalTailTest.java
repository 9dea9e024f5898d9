package dev.toolkeep.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a machine that stopped between two breaths leaves: a file with zeros behind its last record.
class JournalTailTest {
    private static final JournalKey KEY = JournalKey.of(new byte[32]);
    private static final JournalOptions OPTIONS = new JournalOptions(4_096, 1_000, true);
    private static final int TOLD = 7;
    private static final StandardCopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

    @TempDir
    Path running;

    @TempDir
    Path stopped;

    private Path file;
    private byte[] good;
    private int end;

    @BeforeEach
    void stopAfterSevenRecords() throws IOException {
        try (Journal journal = Journal.open(running, KEY, InstantSource.system(), OPTIONS)) {
            for (int i = 0; i < TOLD; i++) {
                journal.record(Event.of("test.wrote").with("value", "v".repeat(i * 10)));
            }
            JournalTest.copy(running, stopped);
        }
        file = Segments.in(stopped).getFirst();
        good = Files.readAllBytes(file);
        end = Lines.length(good);
        assertThat(good).hasSize((int) OPTIONS.segmentBytes());
    }

    private JournalVerifier.Verdict verify() throws IOException {
        return new JournalVerifier(stopped, KEY).verify();
    }

    /// The number of the record that this byte belongs to.
    private long recordAt(int place) {
        long record = 1;
        for (int i = 0; i < place; i++) {
            record += good[i] == '\n' ? 1 : 0;
        }
        return record;
    }

    private Journal open() throws IOException {
        return Journal.open(stopped, KEY, InstantSource.system(), OPTIONS);
    }

    @Test
    void zerosBehindTheLastRecordAreItsEnd() throws Exception {
        assertThat(verify()).isEqualTo(new JournalVerifier.Verdict.Whole(TOLD, 0));
        try (Journal journal = open()) {
            assertThat(journal.record(Event.of("test.next"))).isEqualTo(TOLD + 1);
        }
        assertThat(verify()).isEqualTo(new JournalVerifier.Verdict.Whole(TOLD + 1, 0));
    }

    @Test
    void closingCutsTheZerosOff() throws Exception {
        assertThat(Files.readAllBytes(Segments.in(running).getFirst())).isEqualTo(Arrays.copyOf(good, end));
    }

    @Test
    void whereverTheFileIsCutTheFirstRecordMissingIsNamed() throws Exception {
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            if (length >= end) {
                assertThat(verify()).isEqualTo(new JournalVerifier.Verdict.Whole(TOLD, 0));
            } else {
                assertBroken(recordAt(length), "cut at byte " + length);
            }
        }
    }

    @Test
    void aJournalCutAnywhereInItsRecordsIsNotOpened() throws Exception {
        for (int length = 0; length < end; length += 7) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(this::open).as("cut at byte %s", length).isInstanceOf(JournalBroken.class);
        }
    }

    @Test
    void whicheverBitIsFlippedTheRecordIsNamed() throws Exception {
        for (int place = 0; place < end; place++) {
            for (int bit : new int[] {place % 8, (place + 3) % 8}) {
                flip(place, bit);
                assertBroken(recordAt(place), "bit " + bit + " of byte " + place);
            }
        }
    }

    @Test
    void whicheverBitIsFlippedBehindTheRecordsItIsNamedUnlessItLooksLikeAWriteThatJustBegan() throws Exception {
        for (int place = end; place < good.length; place++) {
            for (int bit : new int[] {place % 8, (place + 5) % 8}) {
                flip(place, bit);
                boolean begun = place == end && 1 << bit >= ' ';
                if (begun) {
                    assertThat(verify()).isEqualTo(new JournalVerifier.Verdict.Whole(TOLD, 1));
                } else {
                    assertBroken(TOLD + 1, "bit " + bit + " of byte " + place);
                }
            }
        }
    }

    @Test
    void whatNoCrashLeavesBehindTheRecordsStopsTheStart() throws Exception {
        flip(end + 100, 6);
        assertThatThrownBy(this::open)
                .isInstanceOf(JournalBroken.class)
                .hasMessageContaining("behind journal record 7 stands what no crash leaves");
        byte[] stranger = good.clone();
        byte[] line = "{\"seq\":8}\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(line, 0, stranger, end, line.length);
        Files.write(file, stranger);
        assertBroken(TOLD + 1, "a whole line that is no record");
        assertThatThrownBy(this::open).isInstanceOf(JournalBroken.class).hasMessageContaining("no crash leaves");
    }

    @Test
    void aRecordOfZerosIsNamed() throws Exception {
        int from = 0;
        for (int record = 1; record <= TOLD; record++) {
            int to = from;
            while (good[to] != '\n') {
                to++;
            }
            byte[] alone = good.clone();
            Arrays.fill(alone, from, to + 1, (byte) 0);
            Files.write(file, alone);
            assertBroken(record, "record " + record + " zeroed");
            assertThatThrownBy(this::open).isInstanceOf(JournalBroken.class);
            byte[] allFromHere = good.clone();
            Arrays.fill(allFromHere, from, end, (byte) 0);
            Files.write(file, allFromHere);
            assertBroken(record, "everything from record " + record + " zeroed");
            assertThatThrownBy(this::open).isInstanceOf(JournalBroken.class);
            from = to + 1;
        }
    }

    @Test
    void zerosAtTheEndOfAnEarlierFileAreNamed() throws Exception {
        try (Journal journal = open()) {
            while (Segments.in(stopped).size() < 2) {
                Files.copy(stopped.resolve(Head.FILE), running.resolve(Head.FILE), REPLACE);
                journal.record(Event.of("test.wrote"));
            }
        }
        byte[] first = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(first, first.length + 512));
        long next = Segments.first(Segments.in(stopped).get(1));
        assertBroken(next, "zeros between two files");
        Files.copy(running.resolve(Head.FILE), stopped.resolve(Head.FILE), REPLACE);
        assertBroken(next, "zeros between two files, the head at their border");
    }

    /// A write that a crash tore: any of its sectors may be there or not.
    @Test
    void whicheverSectorsOfATornWriteArriveEverythingToldSurvives(@TempDir Path later) throws Exception {
        byte[] torn = laterImage(later);
        int last = Lines.length(torn);
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            byte[] image = torn.clone();
            for (int sector = end / 512; sector <= last / 512; sector++) {
                if (random.nextBoolean()) {
                    System.arraycopy(good, sector * 512, image, sector * 512, 512);
                }
            }
            Files.copy(later.resolve("head.before"), stopped.resolve(Head.FILE), REPLACE);
            Files.write(file, image);
            assertThat(verify())
                    .isInstanceOfSatisfying(
                            JournalVerifier.Verdict.Whole.class,
                            whole -> assertThat(whole.records()).isGreaterThanOrEqualTo(TOLD));
            open().close();
            assertThat(verify())
                    .isInstanceOfSatisfying(
                            JournalVerifier.Verdict.Whole.class,
                            whole -> assertThat(whole.unfinished()).isZero());
        }
    }

    /// The first file as it stands some records later, while the head still says what it said.
    private byte[] laterImage(Path later) throws Exception {
        JournalTest.copy(stopped, later);
        Files.copy(stopped.resolve(Head.FILE), later.resolve("head.before"));
        try (Journal journal = Journal.open(later, KEY, InstantSource.system(), OPTIONS)) {
            List<CompletableFuture<Long>> written = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                written.add(journal.append(Event.of("test.more").with("value", "w".repeat(i)), Runnable::run)
                        .toCompletableFuture());
            }
            CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).join();
            return Files.readAllBytes(Segments.in(later).getFirst());
        }
    }

    private void flip(int place, int bit) throws IOException {
        byte[] bad = good.clone();
        bad[place] ^= (byte) (1 << bit);
        Files.write(file, bad);
    }

    private void assertBroken(long record, String what) throws IOException {
        assertThat(verify())
                .as(what)
                .isInstanceOfSatisfying(
                        JournalVerifier.Verdict.Broken.class,
                        broken -> assertThat(broken.record()).isEqualTo(record));
    }
}
