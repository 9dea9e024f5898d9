package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeManuals.Offered;
import dev.toolkeep.testkit.fake.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallCommandTest {
    private Live live;
    private Shell shell;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temp) {
        folder = temp;
        live = Live.in(temp);
        shell = live.shell();
        live.source("pets", Offered.of("json"), Offered.of("text"), Offered.of("bytes"), Offered.of("denied"));
        live.publisher()
                .server()
                .answer("/tools/text", Reply.text("plain\u001b[2J\u009bwords"))
                .answer(
                        "/tools/bytes",
                        new Reply.Fixed(200, Map.of("Content-Type", "image/png"), new byte[] {1, 2, 3, (byte) 0xff}));
        shell.run("approve 'pets.*' --yes").done();
        shell.run("policy allow pets.json pets.text pets.bytes --role agent").done();
    }

    @AfterAll
    void stop() {
        live.close();
    }

    @Test
    void argumentsComeFromTheCommandLineAFileOrStandardInput() {
        live.file("pet.json", "{\"body\":{\"from\":\"file\"}}");
        assertThat(shell.run("call keep.clock").done().out()).contains("epochMillis");
        assertThat(shell.run("call keep.echo '{\"text\":\"hi there\"}'").done().out())
                .contains("hi there");
        assertThat(shell.run("call pets.json @pet.json").done().out()).contains("file");
        assertThat(shell.typing("{\"body\":{\"from\":\"input\"}}")
                        .run("call pets.json -")
                        .done()
                        .out())
                .contains("input");
        assertThat(shell.run("call pets.json @nowhere.json").failed().err()).contains("no_such_file");
    }

    @Test
    void aScriptGetsTextAsItCameAndAPersonGetsItPlain() {
        assertThat(shell.run("call pets.text '{\"body\":{}}'").done().out()).isEqualTo("plain\u001b[2J\u009bwords\n");
        assertThat(shell.at(Somebody.plain())
                        .run("call pets.text '{\"body\":{}}'")
                        .done()
                        .out())
                .isEqualToIgnoringNewLines("plain\\u{1b}[2J\\u{9b}words");
        assertThat(shell.run("call pets.text '{\"body\":{}}' --json").done().out())
                .isEqualToIgnoringNewLines("\"plain\\u001B[2J\\u009bwords\"");
    }

    @Test
    void bytesGoIntoAFileThatOnlyTheirOwnerReads() throws Exception {
        assertThat(shell.at(Somebody.plain())
                        .run("call pets.bytes '{\"body\":{}}'")
                        .done()
                        .out())
                .contains("4 bytes of image/png", "--out");
        assertThat(shell.run("call pets.bytes '{\"body\":{}}' --json")
                        .done()
                        .json()
                        .path("base64")
                        .asString())
                .isEqualTo("AQID/w==");
        shell.run("call pets.bytes '{\"body\":{}}' --out pet.png").done();
        assertThat(Files.readAllBytes(folder.resolve("pet.png"))).containsExactly(1, 2, 3, 0xff);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pet.png"))))
                .isEqualTo("rw-------");
        assertThat(shell.run("call pets.bytes '{\"body\":{}}' --out pet.png")
                        .failed()
                        .err())
                .contains("there already");
    }

    @Test
    void aRefusalSaysWhatTheRuleAndTheAdvice() {
        assertThat(shell.run("call keep.echo '{}'").failed().err()).contains("bad_arguments", "rule ");
        Shell.Ran denied = shell.run("call pets.denied '{\"body\":{}}' --json").failed();
        assertThat(denied.json().path("code").asString()).isEqualTo("tool_not_found");
        assertThat(denied.json().path("advice").asString()).isNotEmpty();
        assertThat(shell.run("call keep.clock not-json").failed().err()).contains("malformed");
    }

    @Test
    void aStreamPrintsEventsAsTheyCome() {
        assertThat(shell.run("call keep.clock --stream").done().out()).startsWith("result  {");
        assertThat(shell.run("call keep.clock --stream --json")
                        .done()
                        .json()
                        .path("event")
                        .asString())
                .isEqualTo("result");
        assertThat(shell.run("call keep.echo '{}' --stream").failed().err()).contains("bad_arguments");
        shell.run("call keep.clock --stream --out x").wrong();
    }

    @Test
    void theKeyIsTheOneInTheFileThenTheVariableThenTheFirstStarts() throws Exception {
        assertThat(shell.with("TOOLKEEP_KEY", "tk_forged_key")
                        .run("call keep.clock")
                        .failed()
                        .err())
                .contains("unauthenticated")
                .doesNotContain("tk_forged_key");
        assertThat(shell.with("TOOLKEEP_KEY", "no key")
                        .run("call keep.clock")
                        .failed()
                        .err())
                .contains("TOOLKEEP_KEY holds no key")
                .doesNotContain("no key\"");
        Path key = live.house().agentKey();
        shell.with("TOOLKEEP_KEY", "tk_forged_key")
                .run("call keep.clock --key-file " + key)
                .done();
        Path open = live.file("open.key", Files.readString(key));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(shell.run("call keep.clock --key-file open.key").failed().err())
                .contains("open to others", "chmod 600")
                .doesNotContain(Files.readString(key, StandardCharsets.UTF_8).strip());
    }

    @Test
    void wrongUseIsSaid() {
        shell.run("call").wrong();
        shell.run("call keep.clock {} more").wrong();
        assertThat(shell.run("call keep.clock --strem").wrong().err()).contains("--strem");
    }
}
