package dev.toolkeep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.console.Answer;
import dev.toolkeep.console.OpenConsole;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A body is what its route takes, to the byte, or a problem that says what to do, and a record.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictBodyTest {
    private static final int MOST = 1 << 20;

    private OpenConsole console;

    @BeforeAll
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
    }

    @AfterAll
    void close() {
        console.close();
    }

    static List<String> notJson() {
        return List.of(
                "",
                " ",
                "{",
                "}",
                "nonsense",
                "{\"yaml\":",
                "{\"yaml\":\"\"",
                "{'yaml':''}",
                "{yaml:\"\"}",
                "{\"yaml\":\"\",}",
                "{\"yaml\":\"\"} x",
                "{\"yaml\":\"\"}{}",
                "{\"yaml\":\"\"}\u0000",
                "{\"yaml\":\"\"} // end",
                "/* start */ {\"yaml\":\"\"}",
                "{\"yaml\":\"\",\"yaml\":\"\"}",
                "{\"yaml\":\"\",\"\\u0079aml\":\"\"}",
                "{\"yaml\":\"\\ud800\"}",
                "{\"yaml\":\"\\udc00\\ud800\"}",
                "{\"yaml\":\"a\nb\"}",
                "{\"yaml\":\"\\x41\"}",
                "{\"yaml\":1e400}",
                "{\"yaml\":-1e400}",
                "{\"yaml\":" + "9".repeat(500) + "}",
                "{\"yaml\":NaN}",
                "{\"yaml\":Infinity}",
                "{\"yaml\":01}",
                "{\"yaml\":+1}",
                "{\"yaml\":.5}",
                "[]",
                "[{\"yaml\":\"\"}]",
                "\"yaml\"",
                "null",
                "true",
                "7",
                "yaml: text",
                "\ufeff{\"yaml\":\"\"}",
                "{\"yaml\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"yaml\":".repeat(100_000) + "1" + "}".repeat(100_000),
                "[".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void whatIsNotOneStrictJsonObjectIs400(String body) throws Exception {
        assertMalformed(BodyPublishers.ofString(body), "");
    }

    @Test
    void bytesThatAreNotUtf8Are400() throws Exception {
        byte[] latin = "{\"yaml\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "{\"yaml\":\"\"}".getBytes(StandardCharsets.UTF_16);
        byte[] overlong = {'{', '"', (byte) 0xc1, (byte) 0xb9, '"', ':', '1', '}'};
        for (byte[] body : List.of(latin, wide, overlong)) {
            assertMalformed(BodyPublishers.ofByteArray(body), "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"yaml\":\"\",\"more\":1}",
                "{\"Yaml\":\"\"}",
                "{\"yaml\":\"\",\"@type\":\"java.lang.Runtime\"}",
                "{\"yaml\":\"\",\"class\":\"x\"}",
                "{\"yaml\":7}",
                "{\"yaml\":true}",
                "{\"yaml\":[]}",
                "{\"yaml\":[\"\"]}",
                "{\"yaml\":{}}"
            })
    void anUnknownFieldOrAWrongTypeIs400AndNamesThePlace(String body) throws Exception {
        assertMalformed(BodyPublishers.ofString(body), body.contains("more") ? "more: there is no such field" : ": ");
    }

    static Map<String, List<String>> wrongTypes() {
        return Map.of(
                "PUT /policy",
                        List.of(
                                "{\"yaml\":\"\",\"expected\":\"0\"}",
                                "{\"yaml\":\"\",\"expected\":0.5}",
                                "{\"yaml\":\"\",\"expected\":1e3}",
                                "{\"yaml\":\"\",\"expected\":99999999999999999999}",
                                "{\"yaml\":\"\",\"expected\":[0]}",
                                "{\"yaml\":\"\",\"expected\":true}"),
                "POST /tools/approve",
                        List.of(
                                "{\"tools\":\"a\"}",
                                "{\"tools\":{}}",
                                "{\"tools\":[\"a.b\"]}",
                                "{\"tools\":[[]]}",
                                "{\"tools\":[],\"acceptFlags\":\"true\"}",
                                "{\"tools\":[],\"acceptFlags\":1}",
                                "{\"tools\":[],\"expires\":1700000000}",
                                "{\"tools\":[{\"name\":\"a.b\",\"digest\":\"x\",\"more\":1}]}"),
                "POST /tools/revoke", List.of("{\"tools\":[1]}", "{\"tools\":[true]}", "{\"tools\":[[\"a.b\"]]}"),
                "POST /sources",
                        List.of(
                                "{\"name\":1,\"origin\":{\"kind\":\"manual\"}}",
                                "{\"name\":\"a\",\"origin\":\"manual\"}",
                                "{\"name\":\"a\",\"origin\":{\"kind\":\"mcp\",\"command\":\"sh\"}}",
                                "{\"name\":\"a\",\"origin\":{\"kind\":\"mcp\",\"command\":[\"sh\"],\"env\":{\"A\":1}}}",
                                "{\"name\":\"a\",\"origin\":{\"kind\":\"mcp\",\"command\":[\"sh\"],\"env\":[]}}"),
                "PUT /secrets",
                        List.of(
                                "{\"name\":\"A\",\"grant\":\"source:a\",\"value\":12345678901}",
                                "{\"name\":\"A\",\"grant\":\"source:a\",\"value\":true}",
                                "{\"name\":\"A\",\"grant\":\"source:a\",\"value\":[\"12345678901\"]}",
                                "{\"name\":\"A\",\"grant\":\"source:a\",\"value\":{\"a\":\"12345678901\"}}"),
                "POST /policy/explain", List.of("{\"caller\":\"ann\",\"tool\":\"keep.clock\",\"chain\":\"a\"}"));
    }

    @Test
    void nothingIsMadeToFitAnotherType() {
        wrongTypes().forEach((route, bodies) -> {
            for (String body : bodies) {
                Answer answer = send(route, BodyPublishers.ofString(body), "application/json");
                assertThat(answer.status()).as(route + " " + body).isEqualTo(400);
                assertThat(answer.code()).isEqualTo("malformed");
                assertThat(answer.text("advice")).isNotEmpty();
                assertThat(answer.text()).doesNotContain("12345678901");
            }
        });
        assertThat(console.get("/secrets").json().path("secrets")).isEmpty();
        assertThat(console.get("/policy").json().path("revision").asInt()).isZero();
    }

    @Test
    void aMissingFieldIs422AndIsNamed() {
        Map.of(
                        "POST /policy/check", "yaml",
                        "PUT /policy", "yaml",
                        "POST /agents", "id",
                        "PUT /agents/ann", "roles",
                        "POST /sources", "name",
                        "POST /sources/preview", "name",
                        "PUT /secrets", "name",
                        "POST /policy/rules", "effect",
                        "POST /policy/explain", "caller",
                        "POST /tools/quarantine", "reason")
                .forEach((route, field) -> {
                    Answer answer = send(route, BodyPublishers.ofString("{}"), "application/json");
                    assertThat(answer.status()).as(route).isEqualTo(422);
                    assertThat(answer.code()).isEqualTo("invalid");
                    assertThat(answer.text("detail")).contains(field);
                    assertThat(answer.text("advice")).isNotEmpty();
                });
    }

    @Test
    void anEmptyFieldOfNullIsAMissingOne() {
        assertThat(console.post("/policy/check", "{\"yaml\":null}").status()).isEqualTo(422);
        assertThat(console.put("/secrets", "{\"name\":\"A\",\"grant\":\"source:a\",\"value\":null}")
                        .status())
                .isEqualTo(422);
        assertThat(console.post("/tools/revoke", "{\"tools\":[null]}").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/json",
                "application/xml",
                "application/problem+json",
                "application/json-patch+json",
                "application/*",
                "*/*",
                "nonsense",
                ""
            })
    void anotherContentTypeIs415(String type) throws Exception {
        console.refused("unsupported_media_type", () -> {
            Answer answer = send("POST /policy/check", BodyPublishers.ofString("{\"yaml\":\"\"}"), type);
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.code()).isEqualTo("unsupported_media_type");
            assertThat(answer.text("advice")).contains("application/json");
        });
    }

    @Test
    void jsonInUtf8MaySaySo() {
        assertThat(send(
                                "POST /policy/check",
                                BodyPublishers.ofString("{\"yaml\":\"\"}"),
                                "application/json; charset=UTF-8")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyAtTheBoundGetsInAndOneByteMoreDoesNot() throws Exception {
        String open = "{\"yaml\":\"\"";
        String full = open + " ".repeat(MOST - open.length() - 1) + "}";
        assertThat(console.post("/policy/check", full).status()).isEqualTo(200);
        console.refused("request_too_large", () -> {
            Answer answer = console.post("/policy/check", full + " ");
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.code()).isEqualTo("request_too_large");
            assertThat(answer.text("advice")).isNotEmpty();
        });
    }

    @Test
    void aBodyWithoutALengthIsBoundedTheSame() {
        byte[] body = new byte[3 * MOST];
        Arrays.fill(body, (byte) ' ');
        Answer answer = send(
                "POST /policy/check",
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)),
                "application/json");
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void aRouteWithoutABodyReadsNone() {
        assertThat(send("DELETE /agents/nobody", BodyPublishers.ofString("[".repeat(1000)), "text/plain")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCompressedBodyIsNotOpened() {
        Answer answer = console.ask(
                "POST",
                OpenConsole.API + "/policy/check",
                BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b, 8, 0}),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                "gzip");
        assertThat(answer.status()).isEqualTo(400);
    }

    private void assertMalformed(HttpRequest.BodyPublisher body, String detail) throws IOException {
        JsonNode record = console.refused("malformed", () -> {
            Answer answer = send("POST /policy/check", body, "application/json");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.code()).isEqualTo("malformed");
            assertThat(answer.text("title")).isEqualTo("Bad Request");
            assertThat(answer.json().path("status").asInt()).isEqualTo(400);
            assertThat(answer.text("type")).isEqualTo("about:blank");
            assertThat(answer.text("detail")).contains(detail).isNotEmpty();
            assertThat(answer.text("advice")).isNotEmpty();
            assertThat(answer.text()).doesNotContain("Exception", "tools.jackson", "at dev.toolkeep", "java.");
        });
        assertThat(record.path("detail").asString()).isEqualTo("POST /api/v1/policy/check");
        assertThat(record.path("caller").asString()).isEqualTo("boss");
    }

    private Answer send(String route, HttpRequest.BodyPublisher body, String type) {
        String[] words = route.split(" ", 2);
        return type.isEmpty()
                ? console.ask(words[0], OpenConsole.API + words[1], body)
                : console.ask(words[0], OpenConsole.API + words[1], body, "Content-Type", type);
    }
}
