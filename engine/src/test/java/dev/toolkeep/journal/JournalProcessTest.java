package dev.toolkeep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal written by another process, which is killed or has no room.
class JournalProcessTest {
    private static final JournalKey KEY = JournalKey.of(new byte[32]);

    @TempDir
    Path folder;

    @Test
    void whateverWasToldBeforeTheProcessWasKilledIsInTheJournal() throws Exception {
        Random random = new Random();
        long told = 0;
        for (int round = 0; round < 5; round++) {
            Process writer = start("", 20_000);
            try (BufferedReader said = writer.inputReader(StandardCharsets.US_ASCII)) {
                int left = random.nextInt(1, 300);
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    told = line.endsWith(".") ? Long.parseLong(line.substring(0, line.length() - 1)) : told;
                    if (--left == 0) {
                        writer.toHandle().destroyForcibly(); // the handle: what the process said stays readable
                    }
                }
            }
            writer.waitFor();
            assertWhole(told);
            Journal.open(folder, KEY, InstantSource.system(), options(20_000)).close();
            assertWhole(told);
        }
        assertThat(told).isGreaterThanOrEqualTo(5);
    }

    @Test
    void withoutRoomForItsFileItSaysSoAndDoesNotStart() throws Exception {
        Process writer = start("ulimit -f 16; ", 20_000);
        String said = new String(writer.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(writer.waitFor()).isEqualTo(1);
        assertThat(said)
                .contains("JournalBroken", "the journal's file (20000 bytes in " + folder + ") could not be made");
    }

    @Test
    void withoutRoomForTheNextFileEveryRecordIsRefusedAndNoneIsLost() throws Exception {
        try (Journal journal = Journal.open(folder, KEY, InstantSource.system(), options(4_096))) {
            Files.createDirectories(folder.resolve("spare/in-the-way"));
            long told = 0;
            String why = "";
            while (why.isEmpty()) {
                try {
                    told = journal.record(Event.of("test.wrote"));
                } catch (JournalBroken broken) {
                    why = String.valueOf(broken.getMessage());
                }
            }
            assertThat(why).contains("its next file (4096 bytes in " + folder + ") could not be made");
            assertThat(journal.sound()).isFalse();
            assertWhole(told);
        }
    }

    private void assertWhole(long told) throws IOException {
        assertThat(new JournalVerifier(folder, KEY).verify())
                .isInstanceOfSatisfying(
                        JournalVerifier.Verdict.Whole.class,
                        whole -> assertThat(whole.records()).isGreaterThanOrEqualTo(told));
    }

    private static JournalOptions options(long bytes) {
        return new JournalOptions(bytes, 1_000, true);
    }

    private Process start(String before, long bytes) throws IOException {
        List<String> java = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(), "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), Writer.class.getName()));
        java.addAll(List.of(folder.toString(), Long.toString(bytes)));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", before + "exec \"$@\"", "sh"));
        command.addAll(java);
        return new ProcessBuilder(command).start();
    }

    /// Writes records for ever and says the number of each that it was told of.
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            Journal journal = Journal.open(
                    Path.of(arguments[0]), KEY, InstantSource.system(), options(Long.parseLong(arguments[1])));
            for (int i = 0; ; i++) {
                Event event = Event.of("test.wrote").with("value", "v".repeat(i % 300));
                byte[] told = (journal.record(event) + ".\n").getBytes(StandardCharsets.US_ASCII);
                System.out.write(told);
                System.out.flush();
            }
        }
    }
}
