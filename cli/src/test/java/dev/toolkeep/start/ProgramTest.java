package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.command.RunningServers;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.testkit.fake.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as its user meets it: a process, its output, its exit code, signals.
class ProgramTest {
    @TempDir
    Path temp;

    private final FakeManuals publisher = FakeManuals.start();
    private Path data = Path.of("");

    @BeforeEach
    void offer() {
        data = temp.resolve("data");
        publisher.offer(FakeManuals.Offered.of("slow"), FakeManuals.Offered.of("quick"));
        publisher.server().answer("/tools/slow", new Reply.Held(Reply.json("\"done\"")));
        publisher.server().answer("/tools/quick", Reply.json("\"quick\""));
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void itSaysWhereEverythingIsAndStopsWithZero() throws Exception {
        try (Program.Started started = Program.start(data)) {
            Running running = started.running();
            assertThat(started.greeting().path("gateway").stringValue())
                    .isEqualTo(running.gateway().toString());
            assertThat(started.greeting().path("console").stringValue())
                    .isEqualTo(running.console().toString());
            assertThat(started.greeting().path("setup").stringValue()).startsWith(running.console() + "/setup/");
            assertThat(started.greeting().path("agentKey").stringValue())
                    .isEqualTo(data.resolve("agent.key").toString());
            assertThat(started.greeting().path("operatorToken").stringValue())
                    .isEqualTo(data.resolve("operator.token").toString());
            assertThat(started.greeting().path("unknownCalls").intValue()).isZero();
            assertThat(started.client().call("keep.clock", "{}").statusCode()).isEqualTo(200);
            started.program().terminate();
            assertThat(started.program().exitCode()).isZero();
            assertThat(started.program().out()).as("nothing but what it prints").hasSize(1);
            assertThat(started.program().err()).as("quiet").isEmpty();
        }
        assertThat(data.resolve(DataFolder.SERVER)).doesNotExist();
        assertWhole();
    }

    @Test
    void aSecondProcessOnTheSameFolderIsToldWhoHasIt() throws Exception {
        try (Program.Started started = Program.start(data)) {
            Program second = start();
            assertRefused(
                    second,
                    "toolkeep: another Toolkeep (pid " + started.running().pid() + ") has the data folder " + data
                            + "; stop that one, or choose another folder with --data");
            assertThat(DataFolder.running(data)).contains(started.running());
            assertThat(started.client().call("keep.clock", "{}").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatAKilledProcessLeftBehindIsNotBelieved() throws Exception {
        try (Program.Started started = Program.start(data)) {
            started.program().kill();
            assertThat(data.resolve(DataFolder.SERVER)).as("nobody removed it").exists();
            assertThat(DataFolder.presence(data)).isEqualTo(new Presence.Nobody());
        }
    }

    @Test
    void looksAtTheFolderNeverStopAStart() throws Exception {
        int looks = 0;
        try (Program program = Program.of(temp, Claiming.class)) {
            while (program.alive()) {
                DataFolder.presence(data);
                looks++;
            }
            assertThat(program.exitCode()).as(String.join("\n", program.err())).isZero();
            assertThat(program.out()).containsExactly("claimed " + Claiming.TIMES + " times");
        }
        assertThat(looks).isGreaterThan(Claiming.TIMES);
    }

    @Test
    void toldToStopItLetsAnOpenCallEnd() throws Exception {
        try (Program.Started started = Program.start(data)) {
            started.client().use(publisher);
            CompletableFuture<HttpResponse<String>> call = started.client().begin("fake.slow", "{\"body\":{}}");
            await().atMost(Duration.ofMinutes(1)).until(() -> publisher.server().open() == 1);
            started.program().terminate();
            await().atMost(Duration.ofMinutes(1)).until(() -> refusesConnections(started));
            publisher.server().release();
            HttpResponse<String> answer = call.join();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("\"done\"");
            assertThat(started.program().exitCode()).isZero();
        }
        assertThat(data.resolve(DataFolder.SERVER)).doesNotExist();
        assertWhole();
    }

    @Test
    void toldToStopItLetsAnOpenCallOfAChildEnd() throws Exception {
        try (Program.Started started = Program.start(data)) {
            started.client()
                    .use(List.of(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            Path.of(WaitingMcpServer.class
                                            .getProtectionDomain()
                                            .getCodeSource()
                                            .getLocation()
                                            .toURI())
                                    .toString(),
                            WaitingMcpServer.class.getName(),
                            temp.toString()));
            CompletableFuture<HttpResponse<String>> call = started.client().begin("fake.wait", "{}");
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(temp.resolve("called")));
            started.program().terminate();
            await().atMost(Duration.ofMinutes(1)).until(() -> refusesConnections(started));
            Files.writeString(temp.resolve("go"), "");
            HttpResponse<String> answer = call.join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("waited");
            assertThat(started.program().exitCode()).isZero();
        }
        assertWhole();
    }

    @Test
    void toldToStopUnderLoadItAnswersOrRefusesAndItsJournalIsWhole() throws Exception {
        long answered;
        try (Program.Started started = Program.start(data)) {
            started.client().use(publisher);
            AtomicInteger good = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                callers.add(Thread.ofVirtual().start(() -> callUntilRefused(started.client(), good)));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> good.get() > 500);
            started.program().terminate();
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(started.program().exitCode()).isZero();
            assertThat(started.program().err()).isEmpty();
            answered = good.get();
        }
        assertWhole();
        try (Program.Started again = Program.start(data)) {
            assertThat(again.greeting().path("unknownCalls").intValue()).isZero();
            assertThat(closedCalls()).isGreaterThanOrEqualTo(answered);
        }
    }

    @Test
    void afterAKillItSaysHowManyCallsHaveAnUnknownOutcome() throws Exception {
        try (Program.Started started = Program.start(data)) {
            started.client().use(publisher);
            CompletableFuture<HttpResponse<String>> one = started.client().begin("fake.slow", "{\"body\":{}}");
            CompletableFuture<HttpResponse<String>> two = started.client().begin("fake.slow", "{\"body\":{}}");
            await().atMost(Duration.ofMinutes(1)).until(() -> publisher.server().open() == 2);
            started.program().kill();
            assertThat(one.handle((answer, cut) -> cut).join()).isInstanceOf(CompletionException.class);
            assertThat(two.handle((answer, cut) -> cut).join()).isInstanceOf(CompletionException.class);
        }
        try (Program.Started again = Program.start(data)) {
            assertThat(again.greeting().path("unknownCalls").intValue()).isEqualTo(2);
            assertThat(again.client().call("fake.quick", "{\"body\":{}}").statusCode())
                    .isEqualTo(200);
        }
        assertWhole();
        Program words = Program.run(
                Files.createDirectory(temp.resolve("elsewhere")),
                Map.of("TOOLKEEP_GATEWAY_PORT", "0", "TOOLKEEP_CONSOLE_PORT", "0"),
                "start",
                "--data",
                "../data");
        try (words) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> words.out().stream().anyMatch(line -> line.startsWith("To stop:")));
            assertThat(words.out()).anyMatch(line -> line.contains("call keep.clock '{}' --data " + data));
            assertThat(words.out()).as("said once").noneMatch(line -> line.contains("unknown outcome"));
            words.terminate();
            assertThat(words.exitCode()).isZero();
        }
    }

    @Test
    void aCommandWaitsForOneThatIsStillOpening() throws Exception {
        Program program = start();
        try (program) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> DataFolder.presence(data) instanceof Presence.Opening || !program.alive());
            assertThat(new RunningServers().find(data).console())
                    .isEqualTo(DataFolder.running(data).orElseThrow().console());
        }
    }

    @Test
    void aTermWhileItStartsStillEndsClean() throws Exception {
        Program program = start();
        try (program) {
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(data.resolve("pepper.key")));
            program.terminate();
            program.exitCode();
            assertThat(program.err()).isEmpty();
        }
        assertThat(data.resolve(DataFolder.SERVER)).doesNotExist();
        assertWhole();
    }

    @Test
    void everyMistakeIsOneLineAndExitCodeTwo() throws Exception {
        Files.writeString(temp.resolve("wrong.yaml"), "gateway:\n  prot: 1\n");
        Files.writeString(temp.resolve("file"), "");
        assertRefused(
                start("--config", "wrong.yaml"),
                "toolkeep: " + temp.resolve("wrong.yaml")
                        + ": line 2: unknown key gateway.prot; did you mean gateway.port?");
        assertRefused(
                Program.run(temp, Map.of(), "start", "--port", "many"),
                "toolkeep: --port must be a whole number from 0 to 65535");
        assertRefused(
                Program.run(temp, Map.of(), "start", "--data", "file"),
                "toolkeep: the data folder " + temp.resolve("file")
                        + " is a file, not a folder; choose another with --data");
        assertRefused(
                Program.run(temp, Map.of("TOOLKEEP_GATEWAY_PROT", "1"), "start"),
                "toolkeep: unknown variable TOOLKEEP_GATEWAY_PROT; did you mean TOOLKEEP_GATEWAY_PORT?");
    }

    @Test
    void wrongUsageSaysWhereHelpIs() throws Exception {
        Program program = Program.run(temp, Map.of(), "start", "--prot", "1");
        try (program) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).hasSize(2);
            assertThat(program.err().getFirst()).isEqualTo("toolkeep: there is no option --prot");
            assertThat(program.err().getLast()).contains("see `toolkeep start --help`");
        }
    }

    @Test
    void anAddressOthersCanReachIsWarnedOf() throws Exception {
        try (Program.Started started = Program.start(data, "--host", "0.0.0.0")) {
            assertThat(started.program().err())
                    .singleElement()
                    .asString()
                    .startsWith("toolkeep: warning: the gateway listens on 0.0.0.0")
                    .contains("no TLS");
            assertThat(started.client().call("keep.clock", "{}").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theRehearsalLeavesNothingBehind() throws Exception {
        Path scratch = Files.createDirectory(temp.resolve("scratch"));
        Program program = Program.run(temp, Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + scratch), "rehearse");
        try (program) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).singleElement().asString().matches("rehearsed [0-9]{3} requests");
            assertThat(program.err()).allMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS"));
        }
        try (var left = Files.list(scratch)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("toolkeep-rehearsal"));
        }
    }

    private Program start(String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("start", "--data", data.toString(), "--port", "0", "--console-port", "0"));
        arguments.addAll(List.of(more));
        return Program.run(temp, Map.of(), arguments.toArray(String[]::new));
    }

    private static void assertRefused(Program program, String line) throws InterruptedException {
        try (program) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.err()).containsExactly(line);
            assertThat(program.out()).isEmpty();
        }
    }

    private static boolean refusesConnections(Program.Started started) throws InterruptedException {
        try {
            started.client().status(started.running().gateway().resolve("/healthz"));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// Counts the calls that were answered; ends with the first that was not.
    private static void callUntilRefused(Client client, AtomicInteger good) {
        try {
            while (client.call("fake.quick", "{\"body\":{}}").statusCode() == 200) {
                good.incrementAndGet();
            }
        } catch (IOException e) {
            // The door is shut.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long closedCalls() throws IOException {
        long closed = 0;
        try (var files = Files.list(data.resolve("journal"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
                closed += Files.readAllLines(file).stream()
                        .filter(line -> line.contains("\"call.closed\""))
                        .count();
            }
        }
        return closed;
    }

    private void assertWhole() throws IOException {
        assertThat(new JournalVerifier(data.resolve("journal"), Engine.journalKey(data)).verify())
                .isInstanceOf(JournalVerifier.Verdict.Whole.class);
    }
}
