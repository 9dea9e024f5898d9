package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.start.WaitingMcpServer;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceImportTest {
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
    void serversBecomeSourcesAndTheirCredentialsGoIntoTheVault() throws IOException, URISyntaxException {
        String key = Files.readString(live.house().agentKey()).strip();
        ObjectNode settings = Json.object();
        ObjectNode servers = settings.putObject("mcpServers");
        waiting(servers, "waiting").putObject("env").put("WAIT_TOKEN", "not-for-the-settings");
        String hostAndPort = "127.0.0.1:" + live.house().gatewayPort();
        servers.putObject("self")
                .put("url", "http://" + hostAndPort + "/mcp")
                .putObject("headers")
                .put("Authorization", "Bearer " + key);
        waiting(servers, "asking").putObject("env").put("ASKED", "${input:asked}");
        live.file("all.json", Json.text(settings));

        Shell.Ran preview = shell.run("source import all.json --preview").done();
        assertThat(preview.out())
                .contains("waiting: found", "into the vault: WAIT_TOKEN", "to be set: ASKED")
                .doesNotContain("not-for-the-settings", key);
        assertThat(shell.run("source show waiting").failed().err()).contains("not_found");

        assertThat(shell.run("source import all.json").wrong().err()).contains("--yes");
        Shell.Ran ran =
                shell.run("source import all.json --yes --reach " + hostAndPort).failed();
        assertThat(ran.out())
                .contains("waiting: added: 1 tools wait", "self: added", "asking: failed: it needs")
                .contains("toolkeep secret set ASKED --for source:asking")
                .doesNotContain("not-for-the-settings", key);
        assertThat(shell.run("secret list").done().out()).contains("WAIT_TOKEN", "source:waiting", "AUTHORIZATION");
        assertThat(shell.run("source show waiting").done().out())
                .contains("1 pending", "${WAIT_TOKEN}")
                .doesNotContain("not-for-the-settings");

        shell.typing("given-later").run("secret set ASKED --for source:asking").done();
        assertThat(shell.run("source import all.json --yes").done().out()).contains("waiting: there", "asking: added");
    }

    @Test
    void aServerThatCannotBeReadLeavesNoSecretBehind() {
        live.file(
                "bad.json",
                "{\"mcpServers\":{\"bad\":{\"command\":\"/no/such/program\",\"env\":{\"BAD_TOKEN\":\"long-enough\"}}}}");
        assertThat(shell.run("source import bad.json --yes").failed().out()).contains("bad: failed");
        assertThat(shell.run("secret list").done().out()).doesNotContain("BAD_TOKEN");
    }

    @Test
    void wrongUseIsSaid() {
        live.file("none.json", "{}");
        live.file("off.json", "{\"mcpServers\":{\"off\":{\"command\":\"x\",\"disabled\":true}}}");
        assertThat(shell.run("source import none.json").failed().err()).contains("mcpServers", "server.json");
        assertThat(shell.run("source import nowhere.json").failed().err()).contains("no_such_file");
        assertThat(shell.run("source import off.json --only other").failed().err())
                .contains("other");
        assertThat(shell.run("source import off.json").done().out()).contains("off: left out: it is switched off");
        shell.run("source import").wrong();
    }

    private static ObjectNode waiting(ObjectNode servers, String name) throws URISyntaxException {
        Path classes = Path.of(WaitingMcpServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ObjectNode server = servers.putObject(name).put("command", System.getProperty("java.home") + "/bin/java");
        server.putArray("args")
                .add("-cp")
                .add(classes.toString())
                .add(WaitingMcpServer.class.getName())
                .add(classes.toString());
        return server;
    }
}
