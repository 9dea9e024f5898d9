package dev.toolkeep.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final JournalKey KEY = JournalKey.of(new byte[32]);
    private static final JournalOptions SMALL = new JournalOptions(2_000, 1_000, true);

    @TempDir
    Path folder;

    private Journal open(JournalOptions options) throws IOException {
        return Journal.open(folder, KEY, InstantSource.system(), options);
    }

    private JournalVerifier.Verdict verdict() throws IOException {
        return new JournalVerifier(folder, KEY).verify();
    }

    @Test
    void aRecordIsInItsFileWhenItsStageCompletes() throws Exception {
        try (Journal journal = open(JournalOptions.DEFAULT)) {
            long sequence = journal.record(Event.of("tool.approved").with("tool", "pets.list"));
            String last = Lines.of(Segments.in(folder).getLast()).getLast();
            assertThat(last).contains("\"seq\":" + sequence).contains("\"tool\":\"pets.list\"");
        }
    }

    @Test
    void manyWritersAreCommittedTogetherInOrderAndVerified() throws Exception {
        try (Journal journal = open(SMALL)) {
            List<Thread> writers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int writer = t;
                writers.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 100; i++) {
                        record(
                                journal,
                                Event.of("test.wrote").with("writer", writer).with("turn", i));
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(verdict()).isInstanceOf(JournalVerifier.Verdict.Whole.class);
        }
        assertThat(Segments.in(folder)).hasSizeGreaterThan(5);
        assertThat(((JournalVerifier.Verdict.Whole) verdict()).records()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void aSecondStartContinuesTheChain() throws Exception {
        try (Journal journal = open(SMALL)) {
            journal.record(Event.of("test.one"));
        }
        try (Journal journal = open(SMALL)) {
            assertThat(journal.record(Event.of("test.two"))).isEqualTo(2);
            assertThat(journal.unknown()).isEmpty();
        }
        assertThat(verdict()).isEqualTo(new JournalVerifier.Verdict.Whole(2, 0));
    }

    @Test
    void aCallACrashLeftOpenIsReportedUnknownOnceEvenAcrossSegments(@TempDir Path crashed) throws Exception {
        try (Journal journal = open(SMALL)) {
            journal.record(Event.of("call.opened").with("call", "lost"));
            for (int i = 0; i < 40; i++) {
                journal.record(Event.of("call.opened").with("call", "done" + i));
                journal.record(Event.of("call.closed").with("call", "done" + i));
            }
            copy(folder, crashed);
        }
        assertThat(Segments.in(crashed)).hasSizeGreaterThan(2);
        try (Journal again = Journal.open(crashed, KEY, InstantSource.system(), SMALL)) {
            assertThat(again.unknown()).containsExactly("lost");
        }
        try (Journal third = Journal.open(crashed, KEY, InstantSource.system(), SMALL)) {
            assertThat(third.unknown()).isEmpty();
        }
        assertThat(new JournalVerifier(crashed, KEY).verify()).isInstanceOf(JournalVerifier.Verdict.Whole.class);
    }

    @Test
    void aCrashWhileAFileIsBegunForgetsNoOpenCall(@TempDir Path crashed) throws Exception {
        try (Journal journal = open(SMALL)) {
            journal.record(Event.of("call.opened").with("call", "lost"));
            journal.record(Event.of("call.opened").with("call", "too"));
            while (Segments.in(folder).size() < 2) {
                copy(folder, crashed); // its head is the last one before the second file
                journal.record(Event.of("test.wrote"));
            }
        }
        Path second = Segments.in(folder).getLast();
        byte[] begun = Files.readAllBytes(second);
        int firstLine = Lines.of(second).getFirst().length() + 1;
        byte[] head = Files.readAllBytes(crashed.resolve(Head.FILE));
        for (int arrived : new int[] {0, firstLine, firstLine + 10, 2 * firstLine + 20}) {
            copy(folder, crashed);
            Files.write(crashed.resolve(Head.FILE), head);
            Files.write(crashed.resolve(second.getFileName()), Arrays.copyOf(Arrays.copyOf(begun, arrived), 4_096));
            try (Journal again = Journal.open(crashed, KEY, InstantSource.system(), SMALL)) {
                assertThat(again.unknown()).as("%s bytes arrived", arrived).containsExactlyInAnyOrder("lost", "too");
            }
        }
    }

    @Test
    void aLineTornByACrashIsCutOffAndRecorded() throws Exception {
        try (Journal journal = open(SMALL)) {
            journal.record(Event.of("test.one"));
        }
        Files.writeString(Segments.in(folder).getLast(), "{\"at\":1,\"pre", StandardOpenOption.APPEND);
        assertThat(verdict()).isEqualTo(new JournalVerifier.Verdict.Whole(1, 12));
        try (Journal journal = open(SMALL)) {
            assertThat(journal.record(Event.of("test.two"))).isEqualTo(3);
        }
        assertThat(Lines.of(Segments.in(folder).getLast()).get(1)).contains("journal.recovered");
        assertThat(verdict()).isEqualTo(new JournalVerifier.Verdict.Whole(3, 0));
    }

    @Test
    void wholeRecordsNewerThanTheHeadSurviveACrash(@TempDir Path crashed) throws Exception {
        try (Journal journal = open(SMALL)) {
            journal.record(Event.of("test.one"));
            Files.copy(folder.resolve(Head.FILE), crashed.resolve(Head.FILE));
            journal.record(Event.of("test.two"));
            Path last = Segments.in(folder).getLast();
            Files.copy(last, crashed.resolve(last.getFileName()));
        }
        try (Journal journal = Journal.open(crashed, KEY, InstantSource.system(), SMALL)) {
            assertThat(journal.record(Event.of("test.three"))).isEqualTo(3);
        }
    }

    @Test
    void onlyOneProgramMayWrite() throws Exception {
        try (Journal journal = open(SMALL)) {
            assertThatThrownBy(() -> open(SMALL)).hasMessageContaining("another program");
            assertThat(verdict()).isEqualTo(new JournalVerifier.Verdict.Whole(0, 0));
            assertThatThrownBy(() -> open(SMALL)).hasMessageContaining("another program");
            journal.record(Event.of("test.one"));
        }
    }

    @Test
    void aJournalThatWasCutIsNotOpened() throws Exception {
        try (Journal journal = open(JournalOptions.DEFAULT)) {
            journal.record(Event.of("test.one"));
            journal.record(Event.of("test.two"));
        }
        Path file = Segments.in(folder).getLast();
        Files.write(file, List.of(Files.readAllLines(file).getFirst()));
        assertThatThrownBy(() -> open(JournalOptions.DEFAULT))
                .isInstanceOf(JournalBroken.class)
                .hasMessageContaining("ends at record 1 but record 2 was written");
        Files.delete(file);
        assertThatThrownBy(() -> open(JournalOptions.DEFAULT)).isInstanceOf(JournalBroken.class);
    }

    @Test
    void aHeadOfAnotherKeyOrNoHeadIsNotOpened() throws Exception {
        try (Journal journal = open(SMALL)) {
            journal.record(Event.of("test.one"));
        }
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> Journal.open(folder, JournalKey.of(other), InstantSource.system(), SMALL))
                .hasMessageContaining("not one this key wrote");
        Files.delete(folder.resolve(Head.FILE));
        assertThatThrownBy(() -> open(SMALL)).hasMessageContaining("head file is missing");
    }

    @Test
    void onceItCannotBeWrittenNothingIsEverAccepted() throws Exception {
        try (Journal journal = open(new JournalOptions(1, 1_000, true))) {
            Files.createDirectory(Segments.file(folder, 2));
            journal.record(Event.of("test.one"));
            assertThatThrownBy(() -> journal.record(Event.of("test.two"))).isInstanceOf(JournalBroken.class);
            Files.delete(Segments.file(folder, 2));
            assertThatThrownBy(() -> journal.record(Event.of("test.three"))).isInstanceOf(JournalBroken.class);
            assertThat(journal.sound()).isFalse();
        }
    }

    @Test
    void afterClosingNothingIsAccepted() throws Exception {
        Journal journal = open(SMALL);
        journal.close();
        CompletionStage<Long> late = journal.append(Event.of("test.late"), Runnable::run);
        assertThat(late.toCompletableFuture()).isCompletedExceptionally();
    }

    static void record(Journal journal, Event event) {
        try {
            journal.record(event);
        } catch (JournalBroken e) {
            throw new IllegalStateException(e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
