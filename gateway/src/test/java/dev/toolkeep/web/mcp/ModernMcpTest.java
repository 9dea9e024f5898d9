package dev.toolkeep.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.web.OpenDoors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ModernMcpTest {
    private static final String VERSION = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"";
    private static final String CAPABILITIES = "\"io.modelcontextprotocol/clientCapabilities\":{}";
    private static final String META = "\"_meta\":{" + VERSION + "," + CAPABILITIES + "}";

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
    void discoverTellsVersionsCapabilitiesAndHowLongToKeepThem() {
        JsonNode result = result("server/discover", META);
        assertThat(result.path("supportedVersions").path(0).asString()).isEqualTo("2026-07-28");
        assertThat(result.path("capabilities").toString())
                .isEqualTo("{\"tools\":{},\"resources\":{},\"prompts\":{},\"completions\":{}}");
        assertComplete(result);
        assertThat(result.path("ttlMs").asInt()).isPositive();
        assertThat(result.path("cacheScope").asString()).isEqualTo("private");
    }

    @Test
    void theListIsPrivateOrderedAndComplete() {
        JsonNode result = result("tools/list", META);
        assertComplete(result);
        assertThat(result.path("ttlMs").asInt()).isNotNegative();
        assertThat(result.path("cacheScope").asString()).isEqualTo("private");
        assertThat(result.path("tools").path(0).path("name").asString()).isEqualTo("keep.clock");
        assertThat(result("tools/list", META)).isEqualTo(result);
    }

    @Test
    void aCallAnswersCompleteAndMayBeStructuredAsAnything() {
        doors.offer("listy", "{\"type\":\"object\"}", "{\"type\":\"array\"}");
        doors.tool().answer("/listy", Reply.json("[1,2]"));
        JsonNode result = result("tools/call", "\"name\":\"fake.listy\"," + META, "Mcp-Name", "fake.listy");
        assertComplete(result);
        assertThat(result.path("structuredContent").toString()).isEqualTo("[1,2]");
    }

    @Test
    void aStaleSessionIsIgnored() {
        HttpResponse<String> answer =
                send("tools/list", META, "2026-07-28", "Mcp-Method", "tools/list", "Mcp-Session-Id", "old");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void missingMetaIsInvalidParamsWith400() {
        for (String params : List.of(
                "\"a\":1",
                "\"_meta\":{}",
                "\"_meta\":{" + CAPABILITIES + "}",
                "\"_meta\":{" + VERSION + "}",
                "\"_meta\":{" + VERSION + ",\"io.modelcontextprotocol/clientCapabilities\":5}",
                "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":5," + CAPABILITIES + "}")) {
            assertError(send("tools/list", params, "2026-07-28", "Mcp-Method", "tools/list"), 400, -32602);
        }
    }

    @Test
    void anUnservedVersionIsNamedBesideTheServedOnes() {
        String old = META.replace("2026-07-28", "2024-01-01");
        HttpResponse<String> answer = send("tools/list", old, "2024-01-01", "Mcp-Method", "tools/list");
        assertError(answer, 400, -32022);
        JsonNode data = OpenDoors.json(answer.body()).path("error").path("data");
        assertThat(data.path("requested").asString()).isEqualTo("2024-01-01");
        assertThat(data.path("supported").path(0).asString()).isEqualTo("2026-07-28");
    }

    @Test
    void removedAndUnknownMethodsAre404() {
        for (String method : List.of("initialize", "ping", "logging/setLevel", "resources/subscribe", "no/such")) {
            assertError(send(method, META, "2026-07-28", "Mcp-Method", method), 404, -32601);
            assertError(send(method, "\"a\":1", "2026-07-28", "Mcp-Method", method), 404, -32601);
        }
    }

    @Test
    void headersThatDoNotSayWhatTheBodySaysAreAMismatch() {
        assertError(send("tools/list", META, "", "Mcp-Method", "tools/list"), 400, -32020);
        assertError(send("tools/list", META, "2025-11-25", "Mcp-Method", "tools/list"), 400, -32020);
        assertError(send("tools/list", META, "2026-07-28"), 400, -32020);
        assertError(send("tools/list", META, "2026-07-28", "Mcp-Method", "TOOLS/LIST"), 400, -32020);
        assertError(send("tools/list", META, "2026-07-28", "Mcp-Method", "tools/call"), 400, -32020);
        assertError(
                send("tools/list", META, "2026-07-28", "Mcp-Method", "tools/list", "Mcp-Method", "tools/list"),
                400,
                -32020);
        String call = "\"name\":\"keep.clock\"," + META;
        assertError(send("tools/call", call, "2026-07-28", "Mcp-Method", "tools/call"), 400, -32020);
        for (String name : List.of(
                "keep.echo",
                "Keep.clock",
                "=?base64?a2VlcC5jbG9jaw=?=",
                "=?base64?a2VlcC5jbG9jaw?=",
                "=?base64?a2VlcC5jbG9ja!==?=",
                "=?base64?//8=?=")) {
            assertError(
                    send("tools/call", call, "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", name), 400, -32020);
        }
    }

    @Test
    void aNameInBase64IsTheName() {
        String call = "\"name\":\"keep.clock\"," + META;
        assertComplete(result("tools/call", call, "Mcp-Name", "=?base64?a2VlcC5jbG9jaw==?="));
    }

    @Test
    void mirroredArgumentsMustStandInTheirHeaders() {
        doors.offer(
                "query",
                "{\"type\":\"object\",\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
                        + "\"deep\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"x-mcp-header\":\"N\"}}}}}",
                "{}");
        String both = "\"name\":\"fake.query\",\"arguments\":{\"region\":\"eu\",\"deep\":{\"n\":42}}," + META;
        assertComplete(
                result("tools/call", both, "Mcp-Name", "fake.query", "mcp-param-REGION", "eu", "Mcp-Param-N", "42.0"));
        String none = "\"name\":\"fake.query\",\"arguments\":{\"region\":null}," + META;
        assertComplete(result("tools/call", none, "Mcp-Name", "fake.query", "Mcp-Param-Unknown", "x"));
        List<List<String>> wrong = List.of(
                List.of("Mcp-Param-Region", "eu"),
                List.of("Mcp-Param-Region", "EU", "Mcp-Param-N", "42"),
                List.of("Mcp-Param-Region", "eu", "Mcp-Param-N", "43"),
                List.of("Mcp-Param-Region", "eu", "Mcp-Param-N", "4.2e1"),
                List.of("Mcp-Param-Region", "eu", "Mcp-Param-N", "42", "Mcp-Param-N", "42"));
        for (List<String> headers : wrong) {
            List<String> all = new ArrayList<>(List.of("Mcp-Method", "tools/call", "Mcp-Name", "fake.query"));
            all.addAll(headers);
            assertError(send("tools/call", both, "2026-07-28", all.toArray(String[]::new)), 400, -32020);
        }
        assertError(
                send(
                        "tools/call",
                        none,
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "fake.query",
                        "Mcp-Param-Region",
                        "eu"),
                400,
                -32020);
    }

    @Test
    void aToolWhoseHeaderAnnotationsAreInvalidIsNotListed() {
        doors.offer(
                "odd",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}",
                "{}");
        assertThat(result("tools/list", META).toString())
                .doesNotContain("fake.odd")
                .contains("keep.echo");
    }

    @Test
    void anUnknownToolIsInvalidParams() {
        HttpResponse<String> answer = send(
                "tools/call",
                "\"name\":\"no.such\"," + META,
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "no.such");
        assertThat(OpenDoors.json(answer.body()).path("error").path("code").asInt())
                .isEqualTo(-32602);
    }

    @Test
    void errorsEchoTheId() {
        assertThat(OpenDoors.json(send("no/such", META, "2026-07-28").body())
                        .path("id")
                        .asString())
                .isEqualTo("m1");
    }

    @Test
    void mismatchesLeaveARecord() {
        send("tools/list", META, "2026-07-28", "Mcp-Method", "other");
        org.awaitility.Awaitility.await().until(() -> doors.journal().contains("rpc-32020"));
    }

    private static void assertComplete(JsonNode result) {
        assertThat(result.path("resultType").asString()).isEqualTo("complete");
        assertThat(result.path("_meta")
                        .path("io.modelcontextprotocol/serverInfo")
                        .path("name")
                        .asString())
                .isEqualTo("toolkeep");
    }

    private static void assertError(HttpResponse<String> answer, int status, int code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(OpenDoors.json(answer.body()).path("error").path("code").asInt())
                .as(answer.body())
                .isEqualTo(code);
        assertThat(OpenDoors.json(answer.body()).path("id").asString()).isEqualTo("m1");
    }

    private JsonNode result(String method, String params, String... headers) {
        List<String> all = new ArrayList<>(List.of("Mcp-Method", method));
        all.addAll(Arrays.asList(headers));
        HttpResponse<String> answer = send(method, params, "2026-07-28", all.toArray(String[]::new));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return OpenDoors.json(answer.body()).path("result");
    }

    private HttpResponse<String> send(String method, String params, String version, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
        if (!version.isEmpty()) {
            all.addAll(List.of("MCP-Protocol-Version", version));
        }
        all.addAll(Arrays.asList(headers));
        return doors.post(
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":\"m1\",\"method\":\"" + method + "\",\"params\":{" + params + "}}",
                all.toArray(String[]::new));
    }
}
