package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeHttpTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How commands find the server, and what they never do with the operator's token.
class ReachingTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void whereNobodyRunsThatIsSaid() {
        Shell shell = new Shell(temp.resolve("data"), temp);
        assertThat(shell.run("tool list").failed().err()).contains("not_running", "toolkeep start --data");
        assertThat(shell.run("tool list --json").failed().json().path("code").asString())
                .isEqualTo("not_running");
    }

    @Test
    void aStaleServerFileNeverMakesUsSendTheToken() throws Exception {
        Path data;
        try (Live live = Live.in(temp)) {
            data = live.data();
        }
        try (FakeHttpTool thief = FakeHttpTool.start()) {
            Files.writeString(
                    data.resolve("server.json"),
                    "{\"gateway\":\"" + thief.at("") + "\",\"console\":\"" + thief.at("")
                            + "\",\"pid\":1,\"started\":\"" + Instant.now() + "\"}");
            Shell shell = new Shell(data, temp);
            assertThat(shell.run("tool list").failed().err()).contains("not_running");
            assertThat(shell.run("call keep.clock").failed().err()).contains("not_running");
            assertThat(thief.count()).isZero();
        }
    }

    @Test
    void aServerOffLoopbackIsNeverSentTheToken() throws Exception {
        try (Live live = Live.in(temp)) {
            Path file = live.data().resolve("server.json");
            String said = Files.readString(file);
            for (String elsewhere :
                    new String[] {"http://192.0.2.1:", "http://127.0.0.1.example.com:", "https://127.0.0.1:"}) {
                Files.writeString(file, said.replace("http://127.0.0.1:", elsewhere));
                assertThat(live.shell().run("tool list").failed().err())
                        .as(elsewhere)
                        .contains("not_loopback");
            }
            Files.writeString(file, said);
        }
    }

    @Test
    void aTokenThatOthersCanReadIsNotUsed() throws Exception {
        try (Live live = Live.in(temp)) {
            Path token = live.house().operatorToken();
            for (String modes : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
                Files.setPosixFilePermissions(token, PosixFilePermissions.fromString(modes));
                assertThat(live.shell().run("tool list").failed().err())
                        .as(modes)
                        .contains("open to others", "chmod 600")
                        .doesNotContain(Files.readString(token).strip());
            }
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
            live.shell().run("tool list").done();
            Files.move(token, temp.resolve("elsewhere"));
            Files.createSymbolicLink(token, temp.resolve("elsewhere"));
            assertThat(live.shell().run("tool list").failed().err()).contains("not a regular file");
        }
    }

    @Test
    void aServerThatIsGoneOrIsNoToolkeepIsSaid() throws Exception {
        try (Live live = Live.in(temp);
                FakeHttpTool stranger = FakeHttpTool.start()) {
            Path file = live.data().resolve("server.json");
            String said = Files.readString(file);
            String console = "http://127.0.0.1:" + live.house().consolePort();
            stranger.answer(dev.toolkeep.testkit.fake.Reply.redirect(302, console + "/api/v1/tools"));
            Files.writeString(file, said.replace(console, stranger.at("")));
            assertThat(live.shell().run("tool list").failed().err()).contains("unexpected_answer");
            assertThat(stranger.count()).isEqualTo(1);
            stranger.answer(new dev.toolkeep.testkit.fake.Reply.Cut(1000, new byte[10]));
            assertThat(live.shell().run("tool list").failed().err()).contains("server_lost");
            Files.writeString(file, said.replace(console, "http://127.0.0.1:1"));
            assertThat(live.shell().run("tool list").failed().err()).contains("unreachable");
            Files.writeString(file, said);
        }
    }

    @Test
    void theDoctorNamesAnOpenKeyFileWithoutAServer() throws Exception {
        try (Live live = Live.in(temp)) {
            assertThat(live.shell()
                            .run("doctor --json")
                            .done()
                            .json()
                            .path("running")
                            .asBoolean())
                    .isTrue();
            assertThat(live.shell().run("doctor").done().err()).isEmpty();
        }
        Path token = temp.resolve("data").resolve("operator.token");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(new Shell(temp.resolve("data"), temp).run("doctor").done().out())
                .contains("high", "key-open-to-others", "not-running");
        new Shell(temp.resolve("data"), temp).run("doctor x").wrong();
    }
}
