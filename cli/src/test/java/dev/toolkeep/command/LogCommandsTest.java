package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LogCommandsTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void recordsAreShownFilteredAndExported() throws Exception {
        try (Live live = Live.in(temp)) {
            Shell shell = live.shell();
            shell.run("call keep.clock").done();
            assertThat(shell.run("log show --tool keep.clock").done().out()).contains("tool=keep.clock");
            JsonNode records =
                    shell.run("log show --limit 2 --json").done().json().path("records");
            assertThat(records).hasSize(2);
            assertThat(records.path(0).path("seq").asLong())
                    .isLessThan(records.path(1).path("seq").asLong());
            assertThat(shell.run("log show --from 2001-01-01T00:00:00Z --to 2001-01-02T00:00:00Z")
                            .done()
                            .out())
                    .isEmpty();
            shell.run("log export log.jsonl").done();
            Path file = temp.resolve("log.jsonl");
            assertThat(Files.readAllLines(file).getFirst()).startsWith("{\"").contains("\"seq\":1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(shell.run("log export log.jsonl").failed().err()).contains("there already");
            assertThat(shell.run("log export more.jsonl --json")
                            .done()
                            .json()
                            .path("records")
                            .asLong())
                    .isPositive();
            for (String wrong : new String[] {
                "log", "log show --limit x", "log show --limit -1", "log show --from now", "log export", "log verify x"
            }) {
                assertThat(shell.run(wrong).wrong().err()).as(wrong).startsWith("toolkeep: ");
            }
        }
    }

    @Test
    void followingPrintsWhatHappensNext() throws Exception {
        try (Live live = Live.in(temp)) {
            Shell shell = live.shell();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Thread follower = Thread.ofPlatform()
                    .start(() -> shell.run(
                            out,
                            new ByteArrayOutputStream(),
                            Shell.words("log show --follow --limit 1").toArray(String[]::new)));
            Awaitility.await().until(() -> out.size() > 0);
            shell.run("call keep.echo '{\"text\":\"x\"}'").done();
            Awaitility.await().until(() -> out.toString(StandardCharsets.UTF_8).contains("tool=keep.echo"));
            follower.interrupt();
            follower.join();
        }
    }

    @Test
    void theLogIsVerifiedWithAndWithoutAServer() throws Exception {
        Shell shell;
        try (Live live = Live.in(temp)) {
            shell = live.shell();
            assertThat(shell.run("log verify").done().out()).contains("intact");
            assertThat(shell.run("log verify --json")
                            .done()
                            .json()
                            .path("intact")
                            .asBoolean())
                    .isTrue();
        }
        assertThat(shell.run("log verify").done().out()).contains("intact");
        Path segment;
        try (var files = Files.list(temp.resolve("data").resolve("journal"))) {
            segment = files.filter(file -> !file.getFileName().toString().contains("head"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        String text = Files.readString(segment);
        Files.writeString(segment, text.replaceFirst("\"by\":\"", "\"by\":\"X"));
        Shell.Ran broken = shell.run("log verify").failed();
        assertThat(broken.out())
                .contains("NOT intact: record ", segment.getFileName().toString());
        JsonNode verdict = shell.run("log verify --json").failed().json();
        assertThat(verdict.path("intact").asBoolean()).isFalse();
        assertThat(verdict.path("firstBad").asLong()).isPositive();
        assertThat(shell.run("doctor --json")
                        .done()
                        .json()
                        .path("findings")
                        .valueStream()
                        .map(one -> one.path("rule").asString()))
                .contains("journal-broken", "not-running");
    }

    @Test
    void aFolderWithoutALogIsLeftAsItIs() throws Exception {
        Shell shell = new Shell(temp.resolve("data"), temp);
        assertThat(shell.run("log verify").failed().err()).contains("no_journal", "--data DIR");
        assertThat(shell.run("doctor").done().out()).contains("not-running", "toolkeep start");
        assertThat(temp).isEmptyDirectory();
    }
}
