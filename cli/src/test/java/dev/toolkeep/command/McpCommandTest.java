package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpCommandTest {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
            + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}\n";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private Live live;

    @BeforeAll
    void open(@TempDir Path folder) {
        live = Live.in(folder);
    }

    @AfterAll
    void close() {
        live.close();
    }

    @Test
    void theOlderErasMessagesAreCarriedBothWays() {
        Map<String, JsonNode> answers = answers(INITIALIZE
                + INITIALIZED
                + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n"
                + "\n"
                + "{\"jsonrpc\":\"2.0\",\"id\":\"two\",\"method\":\"tools/call\","
                + "\"params\":{\"name\":\"keep.echo\",\"arguments\":{\"text\":\"carried\"}}}");
        assertThat(answers).hasSize(3);
        assertThat(of(answers, "0").path("result").path("protocolVersion").asString())
                .isEqualTo("2025-11-25");
        assertThat(of(answers, "1").path("result").path("tools").toString()).contains("keep.echo");
        assertThat(of(answers, "\"two\"").path("result").toString()).contains("carried");
    }

    @Test
    void theNewerErasHeadersAreMadeFromTheBody() {
        Map<String, JsonNode> answers =
                answers("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{" + META + "}}\n"
                        + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"keep.echo\","
                        + "\"arguments\":{\"text\":\"carried\"}," + META + "}}\n");
        assertThat(of(answers, "1").path("result").path("supportedVersions").toString())
                .contains("2026-07-28");
        assertThat(of(answers, "2").path("result").toString()).contains("carried");
    }

    @Test
    void everyRequestGetsOneAnswerAndNothingElseIsPrinted() {
        Map<String, JsonNode> answers = answers("""
                not json
                {"jsonrpc":"2.0","id":1,"method":"no/such"}
                {"jsonrpc":"2.0","method":"notifications/nothing"}
                {"jsonrpc":"2.0","id":"x","method":"ping"}
                """);
        assertThat(of(answers, "null").path("error").path("code").asInt()).isIn(-32700, -32600);
        assertThat(of(answers, "1").path("error").path("code").asInt()).isEqualTo(-32601);
    }

    @Test
    void aLineThatIsTooLongIsAnErrorAndTheNextOneIsHeard() {
        String padding = " ".repeat(Bounds.REQUEST.bytes() + 1);
        Map<String, JsonNode> answers = answers("{\"jsonrpc\":\"2.0\"," + padding + "\"id\":1,\"method\":\"ping\"}\n"
                + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}\n");
        assertThat(of(answers, "null").path("error").path("message").asString()).contains("1 MiB");
        assertThat(of(answers, "2").has("result")).isTrue();
    }

    @Test
    void aForgedKeyIsTheErrorOfEachRequest() {
        Shell.Ran ran = live.shell()
                .with("TOOLKEEP_KEY", "tk_forged_key")
                .typing("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}\n")
                .run("mcp")
                .done();
        assertThat(ran.json().path("id").asInt()).isEqualTo(7);
        assertThat(ran.json().path("error").path("message").asString())
                .isNotBlank()
                .doesNotContain("tk_forged_key");
    }

    private Map<String, JsonNode> answers(String input) {
        Shell.Ran ran = live.shell().typing(input).run("mcp").done();
        Map<String, JsonNode> answers = new HashMap<>();
        ran.out().lines().forEach(line -> {
            JsonNode message = parsed(line);
            assertThat(answers.put(message.path("id").toString(), message))
                    .as("two answers: " + line)
                    .isNull();
        });
        return answers;
    }

    private static JsonNode of(Map<String, JsonNode> answers, String id) {
        return Objects.requireNonNull(answers.get(id), () -> "no answer to " + id + ": " + answers);
    }

    private static JsonNode parsed(String line) {
        try {
            return StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
