package dev.toolkeep.protocol.cli;

import static dev.toolkeep.protocol.cli.Runs.json;
import static dev.toolkeep.protocol.cli.Runs.program;
import static dev.toolkeep.protocol.cli.Runs.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.process.ProcessOptions;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class CliProtocolTest {
    private static final ObjectNode NONE = Json.object();

    @TempDir
    private Path folder;

    private Runs runs;

    @BeforeEach
    void open() {
        runs = new Runs(folder);
    }

    @AfterEach
    void close() {
        runs.close();
        assertThat(folder).as("nothing is left of any run").isEmptyDirectory();
    }

    @Test
    void jsonComesBackAsJsonAndAnythingElseAsText() {
        assertThat(runs.answer(program("/usr/bin/printf", "{\"a\": 1}"), NONE)).isInstanceOf(Answer.Json.class);
        assertThat(runs.answer(program("/usr/bin/printf", "%s\\n", "a b"), NONE))
                .isEqualTo(new Answer.Text("a b"));
        assertThat(runs.answer(program("/usr/bin/printf", "\\377"), NONE)).isInstanceOf(Answer.Bytes.class);
    }

    @Test
    void stepsShareOneShellAndTheirOutputs() {
        ObjectNode template = script(
                "mkdir sub && cd sub && X=kept",
                "echo \"$X in $(basename \"$PWD\")\"",
                "printf %s \"[$CMD_1_OUTPUT]\"");
        assertThat(runs.text(template, NONE)).isEqualTo("[kept in sub]");
    }

    @Test
    void onlyStepsThatAreShownAreTheAnswer() {
        ObjectNode template = script("echo one", "echo two", "echo three");
        ((ObjectNode) template.path("commands").get(0)).put("append_to_final_output", true);
        ((ObjectNode) template.path("commands").get(2)).put("append_to_final_output", false);
        assertThat(runs.text(template, NONE)).isEqualTo("one");
    }

    @Test
    void aStepThatExitsEndsTheScriptWithWhatWasShown() {
        ObjectNode template = script("echo one", "echo two; exit 0", "echo three");
        ((ObjectNode) template.path("commands").get(0)).put("append_to_final_output", true);
        assertThat(runs.text(template, NONE)).isEqualTo("one\ntwo");
    }

    @Test
    void anExitCodeThatIsNotAllowedIsAFaultWhoseErrorsAreTheOperatorsAlone() {
        ToolFault fault = runs.fault(script("echo said; echo whispered >&2; exit 3"), NONE);
        assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
        assertThat(fault.message()).isEqualTo("the tool's program ended with exit code 3");
        assertThat(fault.overheard()).contains("whispered");
        assertThat(fault.forCaller().toString()).doesNotContain("whispered");

        ObjectNode allowed = script("echo said; exit 3");
        allowed.putArray("allowed_exit_codes").add(0).add(3);
        assertThat(runs.text(allowed, NONE)).isEqualTo("said");
    }

    @Test
    void theFirstStepThatFailsIsTheLast() {
        ToolFault fault = runs.fault(script("echo told; false", "touch " + folder + "/ran"), NONE);
        assertThat(fault.message()).contains("exit code 1");
        assertThat(fault.detail()).isEqualTo("told");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void aStepWithAQuoteTooManyBreaksAlone() {
        ToolFault fault = runs.fault(script("echo '", "touch " + folder + "/ran #'"), NONE);
        assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void aMissingArgumentRunsNothing() {
        ObjectNode template = script("touch " + folder + "/ran", "echo UTCP_ARG_x_UTCP_END");
        assertThat(runs.fault(template, NONE).message()).contains("argument x is missing, so nothing was run");
        assertThat(runs.fault(template, json("{\"x\": null}")).message()).contains("argument x is missing");
        assertThat(runs.fault(program("/usr/bin/printf", "UTCP_ARG_x_UTCP_END"), NONE)
                        .message())
                .contains("argument x is missing");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void secretsComeInVariablesAndOneThatWasNotGrantedRunsNothing() {
        ObjectNode template = script("printf %s \"$KEY\"");
        template.putObject("env_vars").put("KEY", "<${TOKEN}>");
        assertThat(runs.text(template, NONE)).isEqualTo("<the-token>");
        template.putObject("env_vars").put("KEY", "${OTHER}");
        assertThat(runs.fault(template, NONE).kind()).isEqualTo(Kind.MISSING_SECRET);
    }

    @Test
    void aProgramThatWasNotGrantedDoesNotRun() {
        ToolFault fault = runs.fault(program("/usr/bin/touch", folder + "/ran"), NONE);
        assertThat(fault.kind()).isEqualTo(Kind.EGRESS_DENIED);
        assertThat(fault.message()).contains("--reach run:/usr/bin/touch");
        runs.grants = Set.of("run:/usr/bin/printf", "run:/usr/bin");
        assertThat(runs.fault(script("touch " + folder + "/ran"), NONE).message())
                .contains("run:/bin/bash");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void itWorksOnlyInAFolderThatWasGrantedWithLinksResolved() throws IOException {
        Path granted = Files.createDirectory(folder.resolve("granted"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Path link = Files.createSymbolicLink(granted.resolve("link"), other);
        runs.grants = Set.of("run:/bin/bash", "file:" + granted);
        assertThat(runs.text(script("pwd").put("working_dir", granted.toString()), NONE))
                .isEqualTo(granted.toRealPath().toString());
        for (Path outside : new Path[] {other, link, folder.resolve("absent")}) {
            ToolFault fault = runs.fault(script("pwd").put("working_dir", outside.toString()), NONE);
            assertThat(fault.kind()).isEqualTo(Kind.EGRESS_DENIED);
        }
        Files.delete(link);
        Files.delete(granted);
        Files.delete(other);
    }

    @Test
    void whenItsTimeIsUpItEndsWithEverythingItStarted() throws IOException {
        ObjectNode template = script("setsid sleep 1000 & echo $! >" + folder + "/pid; sleep 1000");
        template.put("timeout", 1);
        assertThat(runs.fault(template, NONE).kind()).isEqualTo(Kind.TIMED_OUT);
        ended();
    }

    @Test
    void whenItsCallerGivesUpItEndsWithEverythingItStarted() throws IOException {
        CompletableFuture<Sent> sent =
                runs.start(script("setsid sleep 1000 & echo $! >" + folder + "/pid; sleep 1000"), NONE);
        await().until(() -> Files.exists(folder.resolve("pid"))
                && !Files.readString(folder.resolve("pid")).isBlank());
        runs.withdrawal.say();
        assertThat(((Sent.Failed) sent.join()).fault().kind()).isEqualTo(Kind.CANCELLED);
        ended();
    }

    @Test
    void whatWritesWithoutEndIsEnded() throws IOException {
        ObjectNode template = script("setsid sleep 1000 & echo $! >" + folder + "/pid", "while :; do echo y; done");
        template.put("max_output_bytes", 100);
        ToolFault fault = runs.fault(template, NONE);
        assertThat(fault.kind()).isEqualTo(Kind.TOO_LARGE);
        ended();
    }

    @Test
    void aBackgroundProcessDoesNotHoldTheAnswerUp() throws IOException {
        assertThat(runs.text(script("sleep 1000 & echo $! | tee " + folder + "/pid"), NONE))
                .matches("[0-9]+");
        ended();
    }

    @Test
    void closingEndsWhatRuns() {
        CompletableFuture<Sent> sent = runs.start(program("/bin/sleep", "1000"), NONE);
        runs.close();
        assertThat(((Sent.Failed) sent.join()).fault().kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void aDemandedSandboxThatIsNotThereMeansNo() {
        ProcessOptions none =
                new ProcessOptions(Map.of(), folder, Path.of("/no/such/bwrap"), Path.of("/no/such/prlimit"));
        try (Runs without = new Runs(none)) {
            ObjectNode demanded = script("touch " + folder + "/ran").put("sandbox", "required");
            assertThat(without.fault(demanded, NONE).message()).contains("bubblewrap is not installed");
            without.grants = Set.of("sandbox:/bin/bash");
            assertThat(without.fault(script("touch " + folder + "/ran"), NONE).message())
                    .contains("bubblewrap is not installed");
        }
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void inASandboxItSeesTheFoldersThatWereGrantedAndNoOther() throws IOException {
        assumeThat(Path.of("/usr/bin/bwrap"))
                .as("bubblewrap (bwrap) is missing")
                .isExecutable();
        Path granted = Files.createDirectory(folder.resolve("granted"));
        Files.writeString(granted.resolve("a"), "seen");
        Files.writeString(folder.resolve("b"), "hidden");
        runs.grants = Set.of("sandbox:/bin/bash", "file:" + granted);
        assertThat(runs.text(
                        script("cat a; cat ../b 2>/dev/null; touch c 2>/dev/null || echo ' only'")
                                .put("working_dir", granted.toString()),
                        NONE))
                .isEqualTo("seen only");
        Files.delete(granted.resolve("a"));
        Files.delete(granted);
        Files.delete(folder.resolve("b"));
    }

    private void ended() throws IOException {
        Path file = folder.resolve("pid");
        long pid = Long.parseLong(Files.readString(file).strip());
        await().untilAsserted(() -> assertThat(
                        ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse());
        Files.delete(file);
    }
}
