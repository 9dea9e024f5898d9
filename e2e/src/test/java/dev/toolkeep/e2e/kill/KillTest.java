package dev.toolkeep.e2e.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.e2e.Admin;
import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.e2e.Program;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.testkit.fake.FakeHttpTool;
import dev.toolkeep.testkit.fake.Received;
import dev.toolkeep.testkit.fake.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Kills the program at random moments, most of them under load, and looks at what is left.
///
/// `-Dtoolkeep.kills=50` says how often (default 10), `-Dtoolkeep.seed=7` repeats a run's moments.
class KillTest {
    private static final String POLICY = """
            rules:
              - id: all
                effect: allow
                callers: { roles: [agent] }
                tools: ["keep.*", "load.*"]
            limits:
              - tools: ["*"]
                callsPerMinute: 1000000
                concurrent: 1000
            """;

    private final int kills = Integer.getInteger("toolkeep.kills", 10);
    private final long seed = Long.getLong("toolkeep.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicLong number = new AtomicLong();
    private final Tally tally = new Tally();

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private Ledger ledger = new Ledger(data);
    private int acts;

    /// What a whole run came to.
    private static final class Tally {
        private int answers;
        private int unknown;
        private int underLoad;
    }

    @Test
    void everyAnsweredCallIsInTheJournalHoweverOftenTheProgramIsKilled() throws IOException, InterruptedException {
        data = folder.resolve("data");
        ledger = new Ledger(data.resolve("journal"));
        try (FakeHttpTool tool = FakeHttpTool.start()) {
            tool.answer("/held", new Reply.Held(Reply.json("{}")));
            furnish(tool);
            for (int i = 0; i < kills; i++) {
                boolean starting = i % 5 == 4;
                if (starting) {
                    killWhileStarting();
                } else {
                    killUnderLoad(tool);
                }
            }
            endWell();
        }
        assertThat(tally.answers).as("answers in all").isGreaterThan(tally.underLoad);
        assertThat(tally.unknown).as("calls a kill cut off").isGreaterThan(tally.underLoad);
        System.getLogger("dev.toolkeep.e2e")
                .log(
                        System.Logger.Level.INFO,
                        () -> kills + " kills, " + tally.answers + " answered calls, all in the journal; "
                                + tally.unknown + " outcomes unknown, all reported");
    }

    /// The first start: a policy, a source with a tool that answers and one that does not, and a clean stop.
    private void furnish(FakeHttpTool tool) throws IOException, InterruptedException {
        Path manual = folder.resolve("load.json");
        Files.writeString(manual, """
                {"utcp_version":"1.1.0","manual_version":"1.0.0","tools":[
                 {"name":"quick","description":"Answers.","inputs":{"type":"object"},"outputs":{},
                  "tool_call_template":{"call_template_type":"http","http_method":"POST","url":"%s"}},
                 {"name":"held","description":"Never answers.","inputs":{"type":"object"},"outputs":{},
                  "tool_call_template":{"call_template_type":"http","http_method":"POST","url":"%s"}}]}
                """.formatted(tool.at("/quick"), tool.at("/held")));
        try (Program program = start()) {
            Admin admin = Admin.of(program.greeting());
            admin.policy(POLICY);
            admin.source("load", "{\"kind\":\"manual\",\"location\":\"" + manual + "\"}", tool.hostAndPort());
            admin.approve("load");
            assertThat(program.stop()).as("a clean stop").isZero();
        }
        ledger.read();
        ledger.forget();
    }

    private void killUnderLoad(FakeHttpTool tool) throws IOException, InterruptedException {
        tool.hold();
        List<Load.Answered> answers;
        try (Program program = start()) {
            URI gateway = URI.create(greeted(program).path("gateway").stringValue());
            Load load = new Load(
                    gateway, Files.readString(data.resolve("agent.key")).strip(), number);
            try (load) {
                load.with(6, "keep.echo", "{\"text\":\"hello\"}")
                        .with(2, "keep.echo", "{\"text\":1}")
                        .with(2, "load.quick", "{}")
                        .with(2, "load.held", "{}");
                load.awaitAnswers(1 + random.nextInt(1_500), program::running);
                assertThat(program.running()).as("it runs until it is killed").isTrue();
                program.kill();
                tool.release();
            }
            answers = load.answered();
        }
        tally.underLoad++;
        check(answers);
        List<Received> reached = tool.received();
        assertThat(reached.subList(acts, reached.size()))
                .as("calls that reached the tool have a record: " + when())
                .allSatisfy(act -> assertThat(ledger.opened())
                        .containsKey(act.header("x-request-id").orElse("")));
        acts = reached.size();
    }

    /// Before it listens, or just then.
    private void killWhileStarting() throws IOException, InterruptedException {
        Duration work = Duration.ofMillis(random.nextInt(2_500));
        try (Program program = start()) {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !program.running()
                            || program.handle()
                                            .info()
                                            .totalCpuDuration()
                                            .orElse(work)
                                            .compareTo(work)
                                    >= 0);
            program.kill();
        }
        check(List.of());
    }

    /// Every answer that arrived is in the journal, and the chain holds.
    private void check(List<Load.Answered> answers) throws IOException {
        assertThat(new JournalVerifier(data.resolve("journal"), Engine.journalKey(data)).verify())
                .as(when())
                .isInstanceOf(JournalVerifier.Verdict.Whole.class);
        ledger.read();
        for (Load.Answered answer : answers) {
            switch (answer.status()) {
                case 200 -> {
                    assertThat(ledger.opened()).as(when()).containsEntry(answer.call(), answer.trace());
                    assertThat(ledger.closed()).as(when()).containsEntry(answer.call(), "answered");
                }
                case 422 -> assertThat(ledger.refused()).as(when()).contains(answer.call());
                default -> throw new AssertionError(when() + ", an answer nobody expected: " + answer);
            }
        }
        tally.answers += answers.size();
    }

    /// The program says how many outcomes of the one before it does not know, and names each in the journal.
    private JsonNode greeted(Program program) throws IOException {
        JsonNode greeting = program.greeting();
        Set<String> left = ledger.open();
        ledger.read();
        assertThat(ledger.unknown()).as(when()).isEqualTo(left);
        assertThat(greeting.path("unknownCalls").asInt()).as(when()).isLessThanOrEqualTo(left.size());
        tally.unknown += left.size();
        ledger.forget();
        return greeting;
    }

    /// It starts once more, stops cleanly, and the journal is whole.
    private void endWell() throws IOException, InterruptedException {
        try (Program program = start()) {
            greeted(program);
            assertThat(program.stop()).as("a clean stop").isZero();
        }
        Program.Ran verified = Program.run("log", "verify", "--data", data.toString(), "--json");
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
        assertThat(OpenHouse.json(verified.out()).path("intact").booleanValue()).isTrue();
    }

    private Program start() throws IOException {
        return Program.start(data, folder.resolve("stderr"));
    }

    private String when() {
        return "seed " + seed + ", " + ledger;
    }
}
