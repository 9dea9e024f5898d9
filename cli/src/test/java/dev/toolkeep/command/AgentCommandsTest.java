package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentCommandsTest {
    private Live live;
    private Shell shell;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temp) {
        folder = temp;
        live = Live.in(temp);
        shell = live.shell();
    }

    @AfterAll
    void stop() {
        live.close();
    }

    @Test
    void aCallerIsAddedChangedAndRemoved() {
        assertThat(shell.run("agent add bot --role agent --role triage --scope pets:read")
                        .done()
                        .out())
                .contains("bot", "agent triage", "pets:read", "agent key add bot");
        JsonNode changed =
                shell.run("agent change bot --role agent --json").done().json();
        assertThat(changed.path("roles")).hasSize(1);
        assertThat(changed.path("scopes")).hasSize(1);
        assertThat(shell.run("agent change bot --no-scopes --json")
                        .done()
                        .json()
                        .path("scopes"))
                .isEmpty();
        assertThat(shell.run("agent list").done().out()).contains("CALLER", "bot", "operator");
        assertThat(shell.run("agent list --json").done().json().path("agents")).hasSizeGreaterThan(2);
        assertThat(shell.run("agent add bot").failed().err()).contains("agent-exists");
        assertThat(shell.run("agent remove bot").wrong().err()).contains("--yes");
        shell.run("agent remove bot --yes").done();
        assertThat(shell.run("agent show bot").failed().err()).contains("not_found");
    }

    @Test
    void aKeyIsShownOnceAndRevokedAtOnce() throws Exception {
        shell.run("agent add keyed --role agent").done();
        Shell.Ran made = shell.run("agent key add keyed").done();
        String key = made.out().strip();
        assertThat(key).startsWith("tk_").doesNotContain(" ");
        assertThat(made.err()).doesNotContain(key);
        shell.with("TOOLKEEP_KEY", key).run("call keep.clock").done();
        String id = shell.run("agent show keyed --json")
                .done()
                .json()
                .path("keys")
                .path(0)
                .path("id")
                .asString();
        assertThat(shell.run("agent show keyed").done().out())
                .contains(id, "live")
                .doesNotContain(key);
        shell.run("agent key revoke keyed " + id).done();
        assertThat(shell.with("TOOLKEEP_KEY", key)
                        .run("call keep.clock")
                        .failed()
                        .err())
                .contains("unauthenticated");
    }

    @Test
    void aKeyGoesIntoANewFileThatOnlyItsOwnerReads() throws Exception {
        shell.run("agent add filed --role agent").done();
        Shell.Ran made =
                shell.run("agent key add filed --expires 90d --out filed.key").done();
        Path file = folder.resolve("filed.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.out() + made.err()).doesNotContain("tk_");
        shell.run("call keep.clock --key-file filed.key").done();
        assertThat(shell.run("agent key add filed --out filed.key").failed().err())
                .contains("there already");
        assertThat(shell.run("agent show filed --json").done().json().path("keys"))
                .hasSize(1);
        shell.run("agent key add nobody --out nobody.key").failed();
        assertThat(folder.resolve("nobody.key")).doesNotExist();
        assertThat(shell.run("agent key add filed --json")
                        .done()
                        .json()
                        .path("key")
                        .asString())
                .startsWith("tk_");
    }

    @Test
    void wrongUseIsSaid() {
        for (String wrong : new String[] {
            "agent",
            "agent add",
            "agent change keyed",
            "agent change keyed --role a --no-roles",
            "agent show",
            "agent remove",
            "agent key",
            "agent key add",
            "agent key add x --expires soon",
            "agent key revoke x"
        }) {
            assertThat(shell.run(wrong).wrong().err()).as(wrong).startsWith("toolkeep: ");
        }
        assertThat(shell.run("agent add x --kind robot").failed().err()).contains("kind");
        assertThat(shell.run("agent remove .. --yes").wrong().err()).contains("name");
    }
}
