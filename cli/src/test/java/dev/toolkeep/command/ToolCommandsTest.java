package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.testkit.fake.FakeManuals.Offered;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolCommandsTest {
    /// Paints the terminal red, sets its title, turns text round, and moves up a line.
    private static final String HOSTILE = "Nice\u001b[31m tool\u001b]0;owned\u0007 \u202eevil\u009b1A\r\nok";

    private Live live;
    private Shell shell;

    @BeforeAll
    void start(@TempDir Path temp) {
        live = Live.in(temp);
        shell = live.shell();
    }

    @AfterAll
    void stop() {
        live.close();
    }

    @Test
    void everyPageIsListed() {
        live.source(
                "many",
                IntStream.range(0, 1203).mapToObj(i -> Offered.of("t" + i)).toArray(Offered[]::new));
        JsonNode answer = shell.run("tool list 'many.*' --json").done().json();
        assertThat(answer.path("total").asInt()).isEqualTo(1203);
        assertThat(answer.path("tools")).hasSize(1203);
        assertThat(shell.run("tool list --source many --status approved").done().out())
                .isEqualToIgnoringNewLines("no tools");
    }

    @Test
    void aDigestIsApprovedAsItWasShownAndADriftShowsItsWeight() {
        try (FakeManuals publisher = FakeManuals.start()) {
            publisher.offer(new Offered("get", "Gets", "{\"type\":\"object\",\"properties\":{\"n\":{\"maximum\":5}}}"));
            shell.run("source add drift utcp " + publisher.manualUrl() + " --reach "
                            + publisher.server().hostAndPort())
                    .done();
            shell.run("approve drift.get --yes").done();
            publisher.offer(
                    new Offered("get", "Gets", "{\"type\":\"object\",\"properties\":{\"n\":{\"maximum\":500}}}"));
            shell.run("source refresh drift").done();
            Shell.Ran diff = shell.run("tool diff drift.get").done();
            assertThat(diff.out())
                    .contains("widening", "5", "500", "look twice")
                    .doesNotContain("\u001b");
            assertThat(shell.at(Somebody.coloured())
                            .run("tool diff drift.get")
                            .done()
                            .out())
                    .contains("\u001b[31m  widening");
            assertThat(shell.run("tool diff drift.get --json").done().json().path("changes"))
                    .isNotEmpty();
            assertThat(shell.run("tool list drift.get").done().out()).contains("drifted");
            JsonNode versions =
                    shell.run("tool versions drift.get --json").done().json().path("versions");
            assertThat(versions).hasSize(2);
            String first = versions.path(0).path("digest").asString();
            assertThat(shell.run("tool show drift.get --digest " + first).done().out())
                    .contains(first, "maximum");
            assertThat(shell.run("tool versions drift.get").done().out()).contains(first, "approved", "offered");
        }
    }

    @Test
    void aHostileDescriptionCannotReachTheTerminal() {
        live.source("hostile", new Offered("get", HOSTILE, "{\"type\":\"object\",\"title\":\"\\u001b[2J\"}"));
        for (String command : new String[] {
            "tool list 'hostile.*'",
            "tool show hostile.get",
            "tool list 'hostile.*' --json",
            "tool show hostile.get --json",
            "approve hostile.get"
        }) {
            Shell.Ran ran = shell.run(command);
            String said = ran.out() + ran.err();
            assertThat(said).as(command).contains("Nice");
            assertThat(said.codePoints()
                            .filter(c -> c != '\n')
                            .filter(Character::isISOControl)
                            .boxed())
                    .as(command)
                    .isEmpty();
            assertThat(said).as(command).doesNotContain("\u202e");
        }
        assertThat(shell.run("tool show hostile.get --json")
                        .json()
                        .path("definition")
                        .path("description")
                        .asString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void searchFindsWhatTheAgentMayCall() {
        assertThat(shell.run("tool search current time").done().out()).contains("keep.clock");
        assertThat(shell.run("tool search clock --json").done().json().path("tools"))
                .isNotEmpty();
        assertThat(shell.run("tool search zzzzz").done().out()).contains("nothing found");
    }

    @Test
    void wrongUseAndUnknownToolsAreSaid() {
        shell.run("tool show").wrong();
        shell.run("tool search").wrong();
        shell.run("tool search a --limit many").wrong();
        shell.run("tool list nodot").wrong();
        shell.run("tool versions").wrong();
        shell.run("tool diff").wrong();
        shell.run("tool list --status odd").failed();
        assertThat(shell.run("tool show keep.nothing").failed().err()).contains("not_found");
        assertThat(shell.run("tool diff keep.clock --json")
                        .failed()
                        .json()
                        .path("rule")
                        .asString())
                .isEqualTo("nothing-to-compare");
    }
}
