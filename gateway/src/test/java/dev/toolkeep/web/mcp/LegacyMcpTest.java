package dev.toolkeep.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.web.OpenDoors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LegacyMcpTest {
    @TempDir
    Path folder;

    private OpenDoors doors;

    @BeforeEach
    void open() {
        doors = OpenDoors.open(folder);
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void initializeEchoesAServedVersionAndAnswersAnyOtherWithTheNewest() {
        for (String version : List.of("2025-11-25", "2025-06-18", "2025-03-26")) {
            assertThat(initialize(version)).isEqualTo(version);
        }
        for (String version : List.of("2024-11-05", "1999-01-01", "2026-07-28", "")) {
            assertThat(initialize(version)).isEqualTo("2025-11-25");
        }
    }

    @Test
    void initializeIssuesASessionAndSaysWhatIsServed() {
        HttpResponse<String> answer = doors.rpc("initialize", initializing("2025-11-25"));
        assertThat(answer.headers().firstValue("Mcp-Session-Id").orElseThrow()).matches("[\\x21-\\x7e]{40,400}");
        JsonNode result = OpenDoors.json(answer.body()).path("result");
        assertThat(result.path("capabilities").toString())
                .isEqualTo("{\"tools\":{},\"resources\":{},\"prompts\":{},\"completions\":{},\"logging\":{}}");
        assertThat(result.path("serverInfo").path("name").asString()).isEqualTo("toolkeep");
        assertThat(result.path("serverInfo").path("version").asString()).isEqualTo("1.2.3");
    }

    @Test
    void aSessionIsWorthNothingToAnotherCallerAndNothingOnceEnded() {
        String session = doors.rpc("initialize", initializing("2025-11-25"))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        String bob = doors.keep().agent("bob", "agent");
        assertThat(within(session, doors.key())).isEqualTo(200);
        assertThat(within(session, bob)).isEqualTo(404);
        assertThat(within(session.substring(1), doors.key())).isEqualTo(404);
        assertThat(ended(session)).isEqualTo(204);
        assertThat(within(session, doors.key())).isEqualTo(404);
        assertThat(ended(session)).isEqualTo(404);
    }

    @Test
    void aSessionKeepsToTheVersionItAgreedOn() {
        String session = doors.rpc("initialize", initializing("2025-06-18"))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        assertThat(within(session, doors.key(), "MCP-Protocol-Version", "2025-06-18"))
                .isEqualTo(200);
        assertThat(within(session, doors.key(), "MCP-Protocol-Version", "2025-11-25"))
                .isEqualTo(400);
    }

    private int within(String session, String key, String... headers) {
        java.net.http.HttpRequest.Builder request = asked("POST", session, key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sent(request);
    }

    private int ended(String session) {
        return sent(asked("DELETE", session, doors.key()));
    }

    private java.net.http.HttpRequest.Builder asked(String method, String session, String key) {
        String body = method.equals("POST") ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}" : "";
        return java.net.http.HttpRequest.newBuilder(java.net.URI.create(doors.url("/mcp")))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Mcp-Session-Id", session)
                .method(
                        method,
                        body.isEmpty()
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(body));
    }

    private static int sent(java.net.http.HttpRequest.Builder request) {
        try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
            return client.send(request.build(), java.net.http.HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWholeConversationWorksWithoutASession() {
        doors.rpc("initialize", initializing("2025-11-25"));
        HttpResponse<String> initialized = raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        assertThat(initialized.statusCode()).isEqualTo(202);
        assertThat(initialized.body()).isEmpty();
        assertThat(result("ping", "{}").toString()).isEqualTo("{}");
        JsonNode tools = result("tools/list", "{}").path("tools");
        assertThat(names(tools)).containsExactly("keep.clock", "keep.echo", "keep.facts");
        JsonNode echoed =
                result("tools/call", "{\"name\":\"keep.echo\",\"arguments\":{\"text\":\"h\\u00e9 \\\"q\\\"\"}}");
        assertThat(echoed.path("content").path(0).path("text").asString()).isEqualTo("{\"text\":\"hé \\\"q\\\"\"}");
        assertThat(echoed.has("isError")).isFalse();
        assertThat(echoed.has("resultType")).isFalse();
    }

    @Test
    void aListedToolIsAsItsDefinitionHasIt() {
        String inputs =
                "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$defs\":{\"a\":{\"type\":\"string\"}},"
                        + "\"properties\":{\"body\":{\"$ref\":\"#/$defs/a\"}}}";
        ToolDefinition tool = doors.offer("shaped", inputs, "{\"type\":\"object\"}");
        JsonNode listed = listed("fake.shaped");
        assertThat(listed.path("inputSchema").path("type").asString()).isEqualTo("object");
        assertThat(listed.path("inputSchema").path("$defs"))
                .isEqualTo(tool.inputs().path("$defs"));
        assertThat(listed.path("outputSchema")).isEqualTo(tool.outputs());
        assertThat(listed.path("_meta").path("dev.toolkeep/digest").asString()).startsWith("sha256:");
        JsonNode clock = listed("keep.clock");
        assertThat(clock.path("annotations").path("readOnlyHint").asBoolean()).isTrue();
        assertThat(clock.path("title").asString()).isEqualTo("The time");
        assertThat(clock.has("outputSchema")).isFalse();
    }

    @Test
    void anOutputSchemaThatIsNotOfAnObjectIsKeptFromOldClients() {
        doors.offer("listy", "{\"type\":\"object\"}", "{\"type\":\"array\"}");
        doors.tool().answer("/listy", Reply.json("[1]"));
        assertThat(listed("fake.listy").has("outputSchema")).isFalse();
        assertThat(result("tools/call", "{\"name\":\"fake.listy\"}").has("structuredContent"))
                .isFalse();
    }

    @Test
    void aDeclaredStructuredAnswerComesBothWays() {
        doors.offer("pet", "{\"type\":\"object\"}", "{\"type\":\"object\"}");
        doors.tool().answer("/pet", Reply.json("{ \"name\": \"rex\",\n \"age\": 3 }"));
        JsonNode result = result("tools/call", "{\"name\":\"fake.pet\",\"arguments\":{}}");
        assertThat(result.path("structuredContent").toString()).isEqualTo("{\"name\":\"rex\",\"age\":3}");
        assertThat(result.path("content").path(0).path("text").asString())
                .isEqualTo("{ \"name\": \"rex\",\n \"age\": 3 }");
        assertThat(result.path("_meta").path("dev.toolkeep/call").asString()).hasSize(22);
    }

    @Test
    void anUnknownAHiddenAndAPendingToolAreTheSameProtocolError() {
        doors.keep().pending(List.of(doors.definition("waiting", "{\"type\":\"object\"}", "{}")));
        doors.keep().policy("rules: [{ id: all, effect: allow, tools: [\"keep.clock\"] }]");
        String unknown = error("tools/call", "{\"name\":\"no.such\"}").toString();
        assertThat(unknown).contains("-32602");
        for (String name : List.of("keep.echo", "fake.waiting")) {
            assertThat(error("tools/call", "{\"name\":\"" + name + "\"}").toString())
                    .isEqualTo(unknown);
        }
    }

    @Test
    void aRefusalIsAResultThatNamesRuleAndAdvice() {
        JsonNode result = result("tools/call", "{\"name\":\"keep.echo\",\"arguments\":{\"text\":\"forbidden\"}}");
        assertThat(result.path("isError").asBoolean()).isTrue();
        JsonNode refusal = result.path("_meta").path("dev.toolkeep/refusal");
        assertThat(refusal.path("code").asString()).isEqualTo("policy_denied");
        assertThat(refusal.path("rule").asString()).contains("no-secrets");
        assertThat(refusal.path("advice").asString()).isNotEmpty();
        assertThat(result.path("content").path(0).path("text").asString())
                .contains(
                        "policy_denied",
                        refusal.path("rule").asString(),
                        refusal.path("advice").asString());
    }

    @Test
    void wrongArgumentsAreAResultTheModelCanReadAndMend() {
        JsonNode result = result("tools/call", "{\"name\":\"keep.echo\",\"arguments\":{\"txt\":1}}");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.path("_meta")
                        .path("dev.toolkeep/refusal")
                        .path("code")
                        .asString())
                .isEqualTo("bad_arguments");
    }

    @Test
    void aFaultIsAResultUnderItsOwnKey() {
        doors.offer("broken", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/broken", Reply.json(503, "{\"why\":\"maintenance\"}"));
        JsonNode result = result("tools/call", "{\"name\":\"fake.broken\"}");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.path("_meta").path("dev.toolkeep/fault").path("code").asString())
                .isEqualTo("tool_failed");
        assertThat(result.path("_meta").has("dev.toolkeep/refusal")).isFalse();
    }

    @Test
    void unknownMethodsAndBadParamsAreErrors() {
        assertThat(error("tasks/list", "{}").path("code").asInt()).isEqualTo(-32601);
        assertThat(error("tools/call", "{}").path("code").asInt()).isEqualTo(-32602);
        assertThat(error("tools/call", "{\"name\":\"keep.clock\",\"arguments\":[]}")
                        .path("code")
                        .asInt())
                .isEqualTo(-32602);
        assertThat(error("initialize", "{}").path("code").asInt()).isEqualTo(-32602);
        await().until(() -> doors.journal().contains("rpc-32601"));
        await().until(() -> doors.journal()
                        .lines()
                        .filter(line -> line.contains("rpc-32602") && line.contains("\"caller\":\"ann\""))
                        .count()
                == 3);
    }

    @Test
    void whatIsNoRequestIsRefusedWith400() {
        for (String body : List.of(
                "[]",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "5",
                "\"ping\"",
                "{}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"keep.clock\"}}")) {
            HttpResponse<String> answer = raw(body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(OpenDoors.json(answer.body()).path("error").path("code").asInt())
                    .as(body)
                    .isEqualTo(-32600);
        }
    }

    @Test
    void idsComeBackAsTheyWere() {
        for (String id : List.of("0", "-7", "\"\"", "\"a\\\"b\\u00e9\"", "12345678901234567890")) {
            String body = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}";
            assertThat(OpenDoors.json(raw(body).body()).path("id")).isEqualTo(OpenDoors.json(id));
        }
    }

    @Test
    void anUnknownVersionInTheHeaderIs400AndNamesTheServedOnes() {
        HttpResponse<String> answer = doors.post(
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}",
                "Content-Type",
                "application/json",
                "MCP-Protocol-Version",
                "1999-01-01");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode data = OpenDoors.json(answer.body()).path("error").path("data");
        assertThat(data.path("requested").asString()).isEqualTo("1999-01-01");
        assertThat(data.path("supported").toString()).contains("2026-07-28", "2025-11-25");
    }

    @Test
    void aLongListComesInPagesThatTogetherAreTheList() {
        offerMany(600);
        List<String> seen = new ArrayList<>();
        String params = "{}";
        int pages = 0;
        do {
            JsonNode page = result("tools/list", params);
            seen.addAll(names(page.path("tools")));
            params = page.has("nextCursor")
                    ? "{\"cursor\":\"" + page.path("nextCursor").asString() + "\"}"
                    : "";
            pages++;
        } while (!params.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(603).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aCursorServesOnlyItsOwnCallerAndList() {
        offerMany(300);
        String cursor = result("tools/list", "{}").path("nextCursor").asString();
        String params = "{\"cursor\":\"" + cursor + "\"}";
        assertThat(result("tools/list", params).path("tools").size()).isEqualTo(53);
        String other = doors.keep().agent("bob", "agent");
        HttpResponse<String> stolen = doors.post(
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":" + params + "}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + other);
        assertThat(OpenDoors.json(stolen.body()).path("error").path("code").asInt())
                .isEqualTo(-32602);
        for (String bad : List.of("\"\"", "\"AAAA\"", "\"!\"", "5", "\"" + cursor + "A\"", "{}")) {
            assertThat(error("tools/list", "{\"cursor\":" + bad + "}")
                            .path("code")
                            .asInt())
                    .as(bad)
                    .isEqualTo(-32602);
        }
        doors.offer("another", "{\"type\":\"object\"}", "{}");
        assertThat(error("tools/list", params).path("code").asInt()).isEqualTo(-32602);
    }

    @Test
    void aKeyRevokedMeanwhileIs401() {
        doors.keep().revoke("ann");
        assertThat(doors.rpc("ping", "{}").statusCode()).isEqualTo(401);
    }

    private void offerMany(int count) {
        List<ToolDefinition> tools = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tools.add(doors.definition(String.format("t%04d", i), "{\"type\":\"object\"}", "{}"));
        }
        doors.keep().approved(tools);
    }

    private String initialize(String version) {
        return result("initialize", initializing(version))
                .path("protocolVersion")
                .asString();
    }

    private static String initializing(String version) {
        return "{\"protocolVersion\":\"" + version
                + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}";
    }

    private HttpResponse<String> raw(String body) {
        return doors.post("/mcp", body, "Content-Type", "application/json");
    }

    private JsonNode result(String method, String params) {
        HttpResponse<String> answer = doors.rpc(method, params);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode reply = OpenDoors.json(answer.body());
        assertThat(reply.path("id").asInt()).isEqualTo(7);
        assertThat(reply.has("error")).as(answer.body()).isFalse();
        return reply.path("result");
    }

    private JsonNode error(String method, String params) {
        return OpenDoors.json(doors.rpc(method, params).body()).path("error");
    }

    private JsonNode listed(String name) {
        for (JsonNode tool : result("tools/list", "{}").path("tools")) {
            if (tool.path("name").asString().equals(name)) {
                return tool;
            }
        }
        throw new AssertionError(name + " is not listed");
    }

    private static List<String> names(JsonNode tools) {
        List<String> names = new ArrayList<>();
        tools.forEach(tool -> names.add(tool.path("name").asString()));
        return names;
    }
}
