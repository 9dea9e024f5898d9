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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `websocket` against ws, `tcp` and `udp` against socat, through the whole house.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class SocketPeersTest {
    private static final String POLICY = """
            rules:
              - id: all
                effect: allow
                callers: { roles: [agent] }
                tools: ["web.*"]
            """;

    private final Peers peers = Peers.installed();
    private Process sockets;
    private Socat lines;
    private Socat once;
    private Socat datagrams;
    private OpenHouse house;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, CannotStart {
        lines = Socat.answering("TCP4-LISTEN", "EXEC:/bin/cat");
        once = Socat.answering("TCP4-LISTEN", "SYSTEM:head -c 7");
        datagrams = Socat.answering("UDP4-RECVFROM", "EXEC:/bin/cat");
        sockets = peers.start("websocket-server.mjs");
        int port = firstLine(sockets).path("port").asInt();
        house = OpenHouse.in(folder.resolve("house"));
        house.admin().policy(POLICY);
        Path manual = Files.write(folder.resolve("web.json"), Json.bytes(manual(port)));
        ObjectNode origin = Json.object().put("kind", "manual").put("location", manual.toString());
        house.admin()
                .source(
                        "web",
                        origin.toString(),
                        "127.0.0.1:" + port,
                        "127.0.0.1:" + lines.port(),
                        "127.0.0.1:" + once.port(),
                        "127.0.0.1:" + datagrams.port());
        house.admin().approve("web");
    }

    @AfterAll
    void close() {
        house.close();
        sockets.destroyForcibly();
        lines.close();
        once.close();
        datagrams.close();
    }

    private ObjectNode manual(int port) {
        ObjectNode manual = Json.object().put("utcp_version", "1.1.0").put("manual_version", "1.0.0");
        ArrayNode tools = manual.putArray("tools");
        String site = "ws://127.0.0.1:" + port;
        ObjectNode say = webSocket(tools, "say", site + "/rooms/{room}", "room", "text");
        say.put("protocol", "chat.v1").putObject("headers").put("Origin", "https://trusted.example");
        say.putObject("message").put("text", "UTCP_ARG_text_UTCP_ARG");
        webSocket(tools, "ask", site + "/rooms/shared", "text")
                .putObject("message")
                .put("id", "${request_id}")
                .put("text", "UTCP_ARG_text_UTCP_ARG")
                .put("wait", 3);
        webSocket(tools, "ticks", site + "/ticks", "ticks")
                .put("message", "{\"ticks\": UTCP_ARG_ticks_UTCP_ARG}")
                .put("expected_responses", -1);
        webSocket(tools, "large", site + "/large");
        webSocket(tools, "refused", site + "/refused");
        webSocket(tools, "busy", site + "/busy");
        webSocket(tools, "chosen", site + "/rooms/x").put("protocol", "chat.v2");
        webSocket(tools, "public", "ws://127.0.0.1:1/rooms/x");
        socket(tools, "line", "tcp", lines.port(), "text")
                .put("request_data_format", "text")
                .put("request_data_template", "GET UTCP_ARG_text_UTCP_ARG")
                .put("framing_strategy", "delimiter")
                .put("message_delimiter", "\\n");
        socket(tools, "prefixed", "tcp", lines.port(), "text").put("framing_strategy", "length_prefix");
        socket(tools, "once", "tcp", once.port(), "a");
        socket(tools, "datagram", "udp", datagrams.port(), "text");
        return manual;
    }

    private static ObjectNode webSocket(ArrayNode tools, String name, String url, String... arguments) {
        return tool(tools, name, arguments)
                .put("call_template_type", "websocket")
                .put("url", url);
    }

    private static ObjectNode socket(ArrayNode tools, String name, String type, int port, String... arguments) {
        return tool(tools, name, arguments)
                .put("call_template_type", type)
                .put("host", "127.0.0.1")
                .put("port", port);
    }

    private static ObjectNode tool(ArrayNode tools, String name, String... arguments) {
        ObjectNode tool = tools.addObject().put("name", name).put("description", "The " + name + ".");
        ObjectNode properties = tool.putObject("inputs").put("type", "object").putObject("properties");
        for (String argument : arguments) {
            properties.putObject(argument);
        }
        return tool.putObject("tool_call_template");
    }

    @Test
    void wsHearsWhatWasApprovedAndNothingBeside() {
        JsonNode said = answer("say", "{\"room\":\"a/b\",\"text\":\"x\\\",\\\"admin\\\":\\\"true\"}");
        assertThat(said.path("room").asString()).isEqualTo("a/b");
        assertThat(said.path("said").toString()).isEqualTo("{\"text\":\"x\\\",\\\"admin\\\":\\\"true\"}");
        assertThat(said.path("origin").asString()).isEqualTo("https://trusted.example");
        assertThat(said.path("subprotocol").asString()).isEqualTo("chat.v1");
        assertThat(said.path("extensions").isNull()).isTrue();
        assertThat(said.path("key").isNull()).isTrue();
        assertThat(call("say", "{\"room\":\"a\",\"text\":\"b\",\"admin\":true}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void threeCallsOverOneConnectionHaveEachItsOwnAnswer() {
        List<CompletableFuture<JsonNode>> calls = IntStream.range(0, 3)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> answer("ask", "{\"text\":" + n + "}"), Thread::startVirtualThread))
                .toList();
        for (int n = 0; n < 3; n++) {
            JsonNode said = calls.get(n).join();
            assertThat(said.path("said").path("text").asInt()).isEqualTo(n);
            assertThat(said.path("connection"))
                    .isEqualTo(calls.getFirst().join().path("connection"));
        }
    }

    @Test
    void aStreamIsAnsweredAsAListWhenItsServerCloses() {
        assertThat(answer("ticks", "{\"ticks\":3}").toString()).isEqualTo("[{\"tick\":1},{\"tick\":2},{\"tick\":3}]");
    }

    @Test
    void whatWsRefusesClosesOrOverdoesIsAFault() {
        assertThat(failed("refused")).contains("401");
        assertThat(failed("busy")).contains("1013");
        assertThat(failed("large")).contains("answer_too_large");
        assertThat(failed("chosen")).contains("subprotocol");
        assertThat(failed("public")).contains("egress_denied");
    }

    @Test
    void socatAnswersOverTcpAndUdp() {
        assertThat(call("line", "{\"text\":\"a b\"}").body()).isEqualTo("GET a b");
        assertThat(call("line", "{\"text\":\"a\\nDELETE b\"}").body()).contains("control character");
        assertThat(answer("prefixed", "{\"text\":\"gr\u00f6\u00dfe\"}").toString())
                .isEqualTo("{\"text\":\"gr\u00f6\u00dfe\"}");
        assertThat(answer("once", "{\"a\":1}").toString()).isEqualTo("{\"a\":1}");
        assertThat(answer("datagram", "{\"text\":[1,2]}").toString()).isEqualTo("{\"text\":[1,2]}");
    }

    private String failed(String tool) {
        HttpResponse<String> answer = call(tool, "{}");
        assertThat(answer.statusCode()).as(tool + ": " + answer.body()).isEqualTo(502);
        return answer.body();
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
