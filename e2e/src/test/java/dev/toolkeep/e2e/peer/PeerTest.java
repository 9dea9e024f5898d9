package dev.toolkeep.e2e.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.Checkout;
import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.start.CannotStart;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The official MCP client and server, and UTCP's SDK, with the whole house between them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class PeerTest {
    private static final String POLICY = """
            rules:
              - id: all
                effect: allow
                callers: { roles: [agent] }
                tools: ["keep.*", "everything.*"]
            """;

    private final Peers peers = Peers.installed();

    private Path folder = Path.of("");
    private OpenHouse house;

    @BeforeAll
    void open(@TempDir Path temporary) throws IOException, CannotStart {
        folder = temporary;
        house = OpenHouse.in(folder);
        house.admin().policy(POLICY);
        house.admin()
                .source(
                        "everything",
                        "{\"kind\":\"mcp\",\"command\":[\"" + peers.program("mcp-server-everything")
                                + "\",\"stdio\"]}");
        house.admin().approve("everything");
    }

    @AfterAll
    void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    void theOfficialMcpClientListsAndCallsInBothEras(String revision) throws IOException, InterruptedException {
        JsonNode seen = mcp(
                revision.equals("2025-11-25") ? "legacy" : revision,
                "keep.echo",
                "{\"text\":\"ours\"}",
                "everything.echo",
                "{\"message\":\"theirs\"}",
                "everything.get-structured-content",
                "{\"location\":\"Chicago\"}");
        assertThat(seen.path("revision").asString()).as(seen.toString()).isEqualTo(revision);
        assertThat(texts(seen.path("tools"))).contains("keep.echo", "everything.echo");
        assertThat(text(seen, 0)).contains("ours");
        assertThat(text(seen, 1)).isEqualTo("Echo: theirs");
        assertThat(seen.path("results")
                        .path(2)
                        .path("structuredContent")
                        .path("temperature")
                        .isNumber())
                .as(seen.toString())
                .isTrue();
    }

    @Test
    void aClientThatTriesBothErasFindsTheNewerOne() throws IOException, InterruptedException {
        assertThat(mcp("auto").path("revision").asString()).isEqualTo("2026-07-28");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "2026-07-28"})
    void theOfficialMcpClientIsToldWhyNot(String era) throws IOException, InterruptedException {
        JsonNode seen = mcp(era, "keep.echo", "{\"text\":7}", "keep.none", "{}");
        assertThat(seen.path("results").path(0).path("isError").asBoolean()).isTrue();
        assertThat(text(seen, 0)).contains("bad_arguments");
        assertThat(seen.path("results").path(1).path("error").path("code").asInt())
                .isEqualTo(-32602);
    }

    @Test
    void theUtcpSdkReadsTheManualAndCallsWithOneVariable() throws IOException, InterruptedException {
        JsonNode seen = peers.run(
                "utcp-client.mjs",
                house.agentKey(),
                "http://127.0.0.1:" + house.gatewayPort() + "/utcp",
                "keep.echo",
                "{\"body\":{\"text\":\"ours\"}}",
                "everything.echo",
                "{\"body\":{\"message\":\"theirs\"}}");
        assertThat(texts(seen.path("tools"))).contains("toolkeep.keep.echo", "toolkeep.everything.echo");
        assertThat(seen.path("results").path(0).path("answer").path("text").asString())
                .isEqualTo("ours");
        assertThat(seen.path("results").path(1).toString()).contains("Echo: theirs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "2026-07-28"})
    void aClientThatStartsProgramsSpeaksThroughTheBridge(String era) throws IOException, InterruptedException {
        String command = Json.text(Json.array()
                .add(Checkout.here().file("toolkeep").toString())
                .add("mcp")
                .add("--data")
                .add(folder.toString()));
        JsonNode seen = peers.run(
                "mcp-client.mjs",
                house.agentKey(),
                command,
                era,
                "keep.echo",
                "{\"text\":\"over stdio\"}",
                "everything.echo",
                "{\"message\":\"größe\"}",
                "keep.none",
                "{}");
        assertThat(texts(seen.path("tools"))).as(seen.toString()).contains("keep.echo", "everything.echo");
        assertThat(text(seen, 0)).contains("over stdio");
        assertThat(text(seen, 1)).isEqualTo("Echo: größe");
        assertThat(seen.path("results").path(2).path("error").path("code").asInt())
                .isEqualTo(-32602);
    }

    private JsonNode mcp(String era, String... calls) throws IOException, InterruptedException {
        String[] words = new String[calls.length + 2];
        words[0] = "http://127.0.0.1:" + house.gatewayPort() + "/mcp";
        words[1] = era;
        System.arraycopy(calls, 0, words, 2, calls.length);
        return peers.run("mcp-client.mjs", house.agentKey(), words);
    }

    private static String text(JsonNode seen, int result) {
        return seen.path("results")
                .path(result)
                .path("content")
                .path(0)
                .path("text")
                .asString("");
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }
}
