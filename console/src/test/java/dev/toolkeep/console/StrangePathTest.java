package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Spellings of a path that a filter and a router might read differently open nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangePathTest {
    private OpenConsole console;

    @BeforeAll
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
    }

    @AfterAll
    void close() {
        console.close();
    }

    static List<String> refusedOutright() {
        return List.of(
                "//api/v1/facts",
                "/api//v1/facts",
                "/api/v1//facts",
                "/api/v1/facts//",
                "/api/v1/facts;a=b",
                "/api;/v1/facts",
                ";/api/v1/facts",
                "/healthz;/../api/v1/facts",
                "/healthz/..;/api/v1/facts",
                "/api/v1/facts%3b",
                "/healthz/../api/v1/facts",
                "/./api/v1/facts",
                "/api/v1/./facts",
                "/healthz/%2e%2e/api/v1/facts",
                "/healthz/.%2e/api/v1/facts",
                "/setup/%2e%2e/api/v1/facts",
                "/setup/..%2fapi/v1/facts",
                "/setup/..%252fapi/v1/facts",
                "/api%2fv1/facts",
                "/api%2Fv1/facts",
                "/api%5cv1/facts",
                "/api\\v1\\facts",
                "/healthz%00",
                "/api/v1/facts%00",
                "/api/v1/facts%0d%0aX:%20y",
                "/api/v1/facts%0a",
                "/api/v1/facts%",
                "/api/v1/facts%zz",
                "/api/v1/facts%c0%af",
                "/api/v1/facts%ff",
                "/api/v1/facts\u0001",
                "/api/v1/facts\u00e9",
                "/api/v1/fa cts",
                "/api/v1/facts#x",
                "api/v1/facts",
                "http://evil.example/api/v1/facts",
                "http:///api/v1/facts",
                "ftp://127.0.0.1/api/v1/facts");
    }

    @ParameterizedTest
    @MethodSource("refusedOutright")
    void aPathWithTwoReadingsIsAProblemForEverybody(String path) throws Exception {
        for (String key : List.of("", console.operatorKey())) {
            RawClient.Heard heard = ask("GET", path, key);
            assertThat(heard.status()).isEqualTo(400);
            assertThat(heard.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(heard.body())
                    .contains("\"code\":\"malformed\"", "\"advice\":")
                    .doesNotContain("Exception", "org.apache", "at dev.toolkeep");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/error",
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v1/facts/",
                "/API/V1/FACTS",
                "/api/v1/facts.json",
                "/api/v1/facts.html",
                "/healthz/",
                "/HEALTHZ",
                "/healthz.json",
                "/setup",
                "/setup/",
                "/setup/a/",
                "/setup/a/b",
                "/favicon.ico",
                "/index.html",
                "/actuator",
                "/actuator/env",
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/webjars/x",
                "/login",
                "/logout",
                "/%61pi/v1/facts"
            })
    void anyOtherPathIs401WithoutAKeyWhetherItIsThereOrNot(String path) throws Exception {
        assertThat(ask("GET", path, "").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/error", "/api/v1/facts/", "/healthz/", "/API/V1/FACTS", "/api/v1/facts.json", "/login"})
    void withAKeyItIs404(String path) throws Exception {
        RawClient.Heard heard = ask("GET", path, console.operatorKey());
        assertThat(heard.status()).isEqualTo(404);
        assertThat(heard.body()).contains("\"code\":\"not_found\"", "\"advice\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "get", "FOO", "G\u0000T"})
    void aMethodNobodyNeedsIsAProblemForEverybody(String method) throws Exception {
        for (String key : List.of("", console.operatorKey())) {
            RawClient.Heard heard = ask(method, "/api/v1/facts", key);
            assertThat(heard.status()).isIn(400, 405);
            assertThat(heard.body()).contains("\"code\":", "\"advice\":");
        }
    }

    @Test
    void whatIsStoppedBeforeTheFiltersIsRecordedToo() throws Exception {
        for (String path : List.of("//api/v1/facts", "/api%2fv1/facts", "/api/v1/facts\u0001")) {
            JsonNode record = console.refused("malformed", () -> ask("GET", path, ""));
            assertThat(record.path("address").asString()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aSetUpTokenIsInNoRecordHoweverThePathIsSpelt() throws Exception {
        String token = console.rooms().setup().issue();
        for (String path : List.of(
                "/setup/" + token + "/",
                "/SETUP/" + token,
                "//setup/" + token,
                "/%73etup/" + token + "/x",
                "/x/../setup/" + token,
                "/setup%2f" + token,
                "/" + token,
                "/api/v1/" + token,
                "/setup/" + token + ";x",
                "/setup?" + token)) {
            console.nextSecond();
            assertThat(ask("GET", path, "").status()).as(path).isIn(400, 401);
        }
        console.refused("unauthenticated", () -> ask("GET", "/last", ""));
        assertThat(console.journal()).doesNotContain(token);
        assertThat(console.rooms().setup().live(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/web-inf/classes/"})
    void thePlacesOfAServletContainerAre404ForEverybody(String path) throws Exception {
        for (String key : List.of("", console.operatorKey())) {
            assertThat(ask("GET", path, key).status()).isEqualTo(404);
        }
    }

    private RawClient.Heard ask(String method, String path, String key) throws IOException {
        return RawClient.ask(
                console.port(),
                method + " " + path + " HTTP/1.1\r\nHost: " + console.host() + "\r\n"
                        + (key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n") + "\r\n");
    }
}
