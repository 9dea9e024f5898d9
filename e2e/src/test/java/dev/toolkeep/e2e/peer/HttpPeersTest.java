package dev.toolkeep.e2e.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.start.CannotStart;
import dev.toolkeep.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `http` and `streamable_http` against nginx, `sse` against better-sse, through the whole house.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class HttpPeersTest {
    private static final int LINES = 2_000;
    private static final String POLICY = """
            rules:
              - id: all
                effect: allow
                callers: { roles: [agent] }
                tools: ["web.*"]
            """;

    private final Peers peers = Peers.installed();
    private Process events;
    private Nginx nginx;
    private OpenHouse house;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, CannotStart {
        nginx = Nginx.serving(files(folder.resolve("files")), folder.resolve("nginx"));
        events = peers.start("event-server.mjs");
        int eventPort = firstLine(events).path("port").asInt();
        house = OpenHouse.in(folder.resolve("house"));
        house.admin().policy(POLICY);
        Path manual = Files.write(folder.resolve("web.json"), Json.bytes(manual(nginx.port(), eventPort)));
        ObjectNode origin = Json.object().put("kind", "manual").put("location", manual.toString());
        house.admin().source("web", origin.toString(), "127.0.0.1:" + nginx.port(), "127.0.0.1:" + eventPort);
        house.admin().approve("web");
    }

    @AfterAll
    void close() {
        house.close();
        nginx.close();
        events.destroyForcibly();
    }

    private static Path files(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append("{\"n\":").append(i).append(",\"name\":\"größe\"}\r\n");
        }
        Files.writeString(folder.resolve("lines.ndjson"), lines);
        Files.writeString(folder.resolve("one.json"), "{\"one\":true}");
        Files.write(folder.resolve("raw.bin"), new byte[] {0, 1, 2, (byte) 0xff});
        return folder;
    }

    private static ObjectNode manual(int web, int events) {
        ObjectNode manual = Json.object().put("utcp_version", "1.1.0").put("manual_version", "1.0.0");
        ArrayNode tools = manual.putArray("tools");
        String site = "http://127.0.0.1:" + web;
        tool(tools, "ask", "http", site + "/said", "a").putObject("headers").put("X-Request-ID", "${request_id}");
        tool(tools, "moved", "http", site + "/old").put("follow_redirects", true);
        tool(tools, "away", "http", site + "/elsewhere").put("follow_redirects", true);
        tool(tools, "busy", "http", site + "/busy");
        tool(tools, "lines", "streamable_http", site + "/slow/lines.ndjson");
        tool(tools, "document", "streamable_http", site + "/slow/one.json");
        tool(tools, "bytes", "streamable_http", site + "/slow/raw.bin").put("chunk_size", 2);
        String news = "http://127.0.0.1:" + events;
        tool(tools, "news", "sse", news + "/news", "topic");
        tool(tools, "weather", "sse", news + "/news", "topic").put("event_type", "weather");
        tool(tools, "first", "sse", news + "/news", "topic").put("max_events", 1);
        tool(tools, "broken", "sse", news + "/broken").put("reconnect", true).put("retry_timeout", 1);
        tool(tools, "abandoned", "sse", news + "/broken").put("reconnect", false);
        tool(tools, "closed", "sse", news + "/closed");
        return manual;
    }

    private static ObjectNode tool(ArrayNode tools, String name, String type, String url, String... arguments) {
        ObjectNode tool = tools.addObject().put("name", name).put("description", "The " + name + ".");
        ObjectNode inputs = tool.putObject("inputs").put("type", "object");
        ObjectNode properties = inputs.putObject("properties");
        for (String argument : arguments) {
            properties.putObject(argument).put("type", "string");
        }
        return tool.putObject("tool_call_template")
                .put("call_template_type", type)
                .put("http_method", "GET")
                .put("url", url);
    }

    @Test
    void anArgumentIsAQueryParameterAndTheCallHasAnId() {
        JsonNode said = answer("ask", "{\"a\":\"b&c=d\"}");
        assertThat(said.path("query").asString()).isEqualTo("a=b%26c%3Dd");
        assertThat(said.path("id").asString()).isNotBlank();
    }

    @Test
    void aRedirectIsFollowedInsideTheOriginOnly() {
        assertThat(answer("moved", "{}").path("method").asString()).isEqualTo("GET");
        assertThat(call("away", "{}").statusCode()).isEqualTo(502);
    }

    @Test
    void aServerThatIsBusyIsAFault() {
        HttpResponse<String> busy = call("busy", "{}");
        assertThat(busy.statusCode()).as(busy.body()).isEqualTo(502);
        assertThat(busy.body()).contains("503");
    }

    @Test
    void linesOfJsonAreAnsweredAsAnArray() {
        JsonNode lines = answer("lines", "{}");
        assertThat(lines.size()).isEqualTo(LINES);
        assertThat(lines.path(LINES - 1).path("n").asInt()).isEqualTo(LINES - 1);
        assertThat(lines.path(7).path("name").asString()).isEqualTo("größe");
    }

    @Test
    void aDocumentAndBytesAreAnsweredAsTheyAre() {
        assertThat(answer("document", "{}").toString()).isEqualTo("{\"one\":true}");
        HttpResponse<String> bytes = call("bytes", "{}");
        assertThat(bytes.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(bytes.body()).startsWith("\0\u0001\u0002").hasSize(4);
    }

    @Test
    void theEventsAreTheAnswer() {
        JsonNode news = answer("news", "{\"topic\":\"tea\"}");
        assertThat(news.size()).isEqualTo(3);
        assertThat(news.path(2).path("topic").asString()).isEqualTo("tea");
        assertThat(answer("weather", "{\"topic\":\"tea\"}").toString()).isEqualTo("[{\"degrees\":21}]");
        assertThat(answer("first", "{\"topic\":\"tea\"}").toString()).isEqualTo("[{\"text\":\"first\"}]");
        assertThat(answer("closed", "{}").toString()).isEqualTo("[]");
    }

    @Test
    void aStreamThatBreaksIsTakenUpAfterItsLastEvent() {
        JsonNode parts = answer("broken", "{}");
        assertThat(parts.toString()).isEqualTo("[{\"part\":1},{\"part\":2},{\"part\":3,\"after\":\"2\"}]");
        assertThat(call("abandoned", "{}").statusCode()).isEqualTo(502);
    }

    private JsonNode answer(String tool, String arguments) {
        HttpResponse<String> answer = call(tool, arguments);
        assertThat(answer.statusCode()).as(tool + ": " + answer.body()).isEqualTo(200);
        return OpenHouse.json(answer.body());
    }

    private HttpResponse<String> call(String tool, String arguments) {
        return house.call("web." + tool, arguments);
    }

    private static JsonNode firstLine(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        assertThat(line).as("the server prints its port").isNotNull();
        return OpenHouse.json(line);
    }
}
