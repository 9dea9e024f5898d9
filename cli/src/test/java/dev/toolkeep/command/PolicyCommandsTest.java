package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyCommandsTest {
    private static final String POLICY = """
            rules:
              - id: keep-for-agents
                effect: allow
                callers: { roles: [agent] }
                tools: ["keep.*"]
            """;

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
    void aPolicyIsCheckedSetAndShown() {
        live.file("policy.yaml", POLICY);
        live.file("broken.yaml", "rules: [ { effect: perhaps } ]");
        assertThat(shell.run("policy check policy.yaml").done().out()).contains("valid");
        assertThat(shell.run("policy check broken.yaml").failed().out()).contains("not valid");
        assertThat(shell.run("policy check broken.yaml --json")
                        .failed()
                        .json()
                        .path("valid")
                        .asBoolean())
                .isFalse();
        assertThat(shell.run("policy set policy.yaml").done().out()).contains("in force");
        assertThat(shell.typing(POLICY)
                        .run("policy set - --json")
                        .done()
                        .json()
                        .path("yaml")
                        .asString())
                .isEqualTo(POLICY);
        assertThat(shell.run("policy set broken.yaml").failed().err()).contains("toolkeep: ");
        assertThat(shell.run("policy set policy.yaml --over 999").failed().err())
                .contains("conflict");
        assertThat(shell.run("policy show").done().out()).contains("keep-for-agents", "# revision");
        assertThat(shell.run("policy history").done().out()).contains("REVISION", "operator");
        assertThat(shell.run("policy history --json").done().json().path("revisions"))
                .isNotEmpty();
    }

    @Test
    void rulesAreAppendedAndExplained() {
        shell.run("policy allow keep.echo --id short-echo --role guest --when 'size(args.text) < 5'")
                .done();
        assertThat(shell.run("policy deny keep.facts --agent agent --json")
                        .done()
                        .json()
                        .path("rule")
                        .asString())
                .isNotEmpty();
        assertThat(shell.run("call keep.facts").failed().err()).contains("rule ");
        assertThat(shell.run("policy explain agent keep.facts").done().out()).startsWith("denied by rule ");
        assertThat(shell.run("policy explain agent keep.clock --at 2026-12-24T03:00:00Z --address 10.0.0.7")
                        .done()
                        .out())
                .startsWith("allowed by rule keep-for-agents");
        shell.run("agent add guest --role guest").done();
        JsonNode shortText = shell.run("policy explain guest keep.echo '{\"text\":\"hi\"}' --json")
                .done()
                .json();
        assertThat(shortText.path("rule").asString()).isEqualTo("short-echo");
        assertThat(shell.run("policy explain guest keep.echo '{\"text\":\"too long\"}'")
                        .done()
                        .out())
                .startsWith("denied");
    }

    @Test
    void wrongUseIsSaid() {
        for (String wrong : new String[] {
            "policy",
            "policy set",
            "policy set a b",
            "policy set a --over new",
            "policy check",
            "policy show x",
            "policy allow",
            "policy allow nodot",
            "policy deny",
            "policy explain agent",
            "policy explain agent keep.clock []",
            "policy explain agent keep.clock --at tomorrow"
        }) {
            assertThat(shell.run(wrong).wrong().err()).as(wrong).startsWith("toolkeep: ");
        }
        assertThat(shell.run("policy set nowhere.yaml").failed().err()).contains("no_such_file");
        assertThat(shell.run("policy explain nobody keep.clock").failed().err()).contains("toolkeep: ");
    }
}
