package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeManuals.Offered;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecideCommandsTest {
    private Live live;
    private Shell shell;

    @BeforeAll
    void start(@TempDir Path temp) {
        live = Live.in(temp);
        shell = live.shell();
        live.source("pets", Offered.of("list"), Offered.of("ask"), Offered.of("until"));
        live.source("zoo", Offered.of("add"), Offered.of("drop"), Offered.of("rest"));
    }

    @AfterAll
    void stop() {
        live.close();
    }

    private String status(String tool) {
        return shell.run("tool show " + tool + " --json")
                .done()
                .json()
                .path("tool")
                .path("status")
                .asString();
    }

    @Test
    void withoutATerminalApprovingNeedsYesAndStillShowsWhatItIsAbout() {
        Shell.Ran ran = shell.run("approve pets.list").wrong();
        assertThat(ran.err()).contains("pets.list", "sha256:", "add --yes");
        assertThat(status("pets.list")).isEqualTo("pending");
        assertThat(shell.run("approve pets.list --json")
                        .wrong()
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("usage");
        assertThat(shell.run("approve pets.list --yes --json").done().json().path("tools"))
                .hasSize(1);
        assertThat(status("pets.list")).isEqualTo("approved");
        assertThat(shell.run("revoke pets.list").done().out()).contains("1 tool revoked");
        assertThat(status("pets.list")).isEqualTo("pending");
    }

    @Test
    void atATerminalOnlyAYesApproves() {
        Shell terminal = shell.at(Somebody.plain());
        assertThat(terminal.typing("\n").run("approve pets.ask").failed().err()).contains("nothing was approved");
        assertThat(terminal.typing("").run("approve pets.ask").failed().err()).contains("nothing was approved");
        assertThat(status("pets.ask")).isEqualTo("pending");
        assertThat(terminal.typing("yes\n").run("approve pets.ask").done().out())
                .contains("1 tool approved");
        assertThat(status("pets.ask")).isEqualTo("approved");
    }

    @Test
    void aPatternLeavesOutWhatAPersonSaidNoTo() {
        shell.run("reject zoo.drop").done();
        shell.run("quarantine zoo.rest --reason 'looks odd'").done();
        Shell.Ran ran = shell.run("approve 'zoo.?' 'zoo.*' --yes");
        assertThat(ran.wrong().err()).contains("tool pattern");
        JsonNode answer = shell.run("approve 'zoo.*' --yes --json").done().json();
        assertThat(answer.path("leftOut")
                        .valueStream()
                        .map(one -> one.path("name").asString()))
                .containsExactly("zoo.drop", "zoo.rest");
        assertThat(status("zoo.drop")).isEqualTo("rejected");
        assertThat(status("zoo.rest")).isEqualTo("quarantined");
        assertThat(shell.run("approve zoo.rest --yes").failed().err()).contains("quarantined", "release it first");
        shell.run("release zoo.rest").done();
        assertThat(status("zoo.rest")).isEqualTo("pending");
        shell.run("approve zoo.drop --yes").done();
        assertThat(status("zoo.drop")).isEqualTo("approved");
    }

    @Test
    void anApprovalMayExpire() {
        JsonNode tool = shell.run("approve pets.until --yes --expires 30d --json")
                .done()
                .json()
                .path("tools")
                .path(0);
        assertThat(tool.path("approval").path("expires").asString()).isNotEmpty();
        assertThat(shell.run("approve pets.until --yes --expires soon").wrong().err())
                .contains("30d");
        assertThat(shell.run("approve pets.until --yes --expires 2001-01-01T00:00:00Z")
                        .failed()
                        .err())
                .contains("approval-expiry");
    }

    @Test
    void aPatternThatFindsNothingIsAnError() {
        for (String command : new String[] {
            "approve 'nobody.*' --yes",
            "reject 'nobody.*'",
            "revoke 'nobody.*'",
            "quarantine 'nobody.*' --reason x",
            "release 'nobody.*'"
        }) {
            assertThat(shell.run(command).failed().err()).as(command).contains("no tool is called nobody.*");
            assertThat(shell.run(command + " --json")
                            .failed()
                            .json()
                            .path("code")
                            .asString())
                    .as(command)
                    .isEqualTo("not_found");
        }
        assertThat(shell.run("release 'keep.*'").failed().err()).contains("nothing there is in quarantine");
        assertThat(shell.run("approve 'keep.*' --yes").failed().err()).contains("nothing there waits");
    }

    @Test
    void wrongUseIsSaid() {
        for (String command : new String[] {"approve", "reject", "revoke", "quarantine keep.clock", "release"}) {
            assertThat(shell.run(command).wrong().err()).as(command).contains("toolkeep: ");
        }
    }
}
