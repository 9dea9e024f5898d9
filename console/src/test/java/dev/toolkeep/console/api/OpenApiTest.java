package dev.toolkeep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.console.Answer;
import dev.toolkeep.console.OpenConsole;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Manual;
import dev.toolkeep.wire.OpenApi;
import dev.toolkeep.wire.StrictJson;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `/openapi.json` is a valid OpenAPI 3.1 document of exactly the documented routes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private OpenConsole console;
    private JsonNode document;

    @BeforeAll
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
        document = ask("/openapi.json").require(200);
    }

    @AfterAll
    void close() {
        console.close();
    }

    @Test
    void itIsValidByTheSchemaOfTheOpenApiInitiative() throws Exception {
        JsonNode schema;
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi-3.1/schema.json")) {
            schema = StrictJson.parse(in.readAllBytes(), Bounds.DOCUMENT);
        }
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(Described.misfits(schema, document)).isEmpty();
        var broken = document.deepCopy().asObject();
        broken.path("paths").path("/healthz").path("get").asObject().put("responses", "none");
        assertThat(Described.misfits(schema, broken)).isNotEmpty();
    }

    @Test
    void itHasEveryDocumentedRouteAndNoOther() {
        DocumentedApi docs = DocumentedApi.read();
        Set<String> wanted = new HashSet<>();
        docs.routes().keySet().forEach(route -> wanted.add(bare(route.replaceFirst(" ", " " + OpenConsole.API))));
        docs.beside().stream()
                .filter(route -> !route.contains(OpenConsole.API))
                .forEach(route -> wanted.add(bare(route)));
        Set<String> described = new HashSet<>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> described.add(bare(method.toUpperCase(Locale.ROOT) + " " + path.getKey()))));
        assertThat(described).isEqualTo(wanted);
    }

    @Test
    void everyOperationHasItsAnswerItsBodyAndTheProblem() {
        Set<String> names = new HashSet<>();
        operations((route, operation) -> {
            assertThat(operation.path("summary").asString("")).as(route).isNotEmpty();
            assertThat(names.add(operation.path("operationId").asString("")))
                    .as(route)
                    .isTrue();
            JsonNode responses = operation.path("responses");
            JsonNode good = responses.has("200") ? responses.path("200") : responses.path("201");
            assertThat(good.path("content").findPath("schema").isObject())
                    .as(route)
                    .isTrue();
            assertThat(responses
                            .at("/default/content/application~1problem+json/schema/$ref")
                            .asString(""))
                    .as(route)
                    .isEqualTo("#/components/schemas/Problem");
            boolean body = route.startsWith("PUT")
                    || (route.startsWith("POST") && !route.contains("refresh") && !route.contains("setup"));
            assertThat(operation
                            .at("/requestBody/content/application~1json/schema")
                            .isObject())
                    .as(route)
                    .isEqualTo(body);
        });
        assertThat(names).doesNotContain("");
    }

    @Test
    void onlyTheOpenRoutesNeedNoKey() {
        assertThat(document.at("/components/securitySchemes/operatorKey/scheme").asString())
                .isEqualTo("bearer");
        assertThat(document.path("security")).hasSize(1);
        Set<String> open = new HashSet<>();
        operations((route, operation) -> {
            if (operation.has("security") && operation.path("security").isEmpty()) {
                open.add(route);
            }
        });
        assertThat(open).containsExactlyInAnyOrder("GET /healthz", "GET /setup/{token}", "POST /setup/{token}");
    }

    @Test
    void aSecretsValueGoesInAndNeverComesOut() {
        assertThat(document.at("/components/schemas/NewSecret/properties/value/format")
                        .asString())
                .isEqualTo("password");
        assertThat(document.at("/components/schemas/SecretView/properties").has("value"))
                .isFalse();
        assertThat(document.at("/components/schemas/SecretSet/properties").has("value"))
                .isFalse();
    }

    @Test
    void itSaysWhichFieldsAreAlwaysThere() {
        assertThat(document.at("/components/schemas/NewAgent/required")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("id");
        assertThat(document.at("/components/schemas/ToolView/required")
                        .valueStream()
                        .map(JsonNode::asString))
                .contains("name", "status", "hosts", "diff")
                .doesNotContain("offered", "approved", "hold");
        assertThat(document.at("/components/schemas/Problem/required")
                        .valueStream()
                        .map(JsonNode::asString))
                .contains("status", "code")
                .doesNotContain("rule");
    }

    @Test
    void itIsTheSameAtEveryAddressAndNamesNoHost() {
        assertThat(ask("/api/v1/openapi.json").require(200)).isEqualTo(document);
        assertThat(document.path("servers").path(0).path("url").asString()).isEqualTo("/");
        assertThat(ask("/api/v1/openapi.json.yaml").text()).startsWith("openapi: 3.1");
        assertThat(document.toString()).doesNotContain("127.0.0.1", "localhost");
    }

    @Test
    void withoutAKeyThereIsNone() {
        for (String path : Set.of("/openapi.json", "/api/v1/openapi.json", "/api/v1/openapi.json.yaml")) {
            assertThat(console.ask("GET", path, BodyPublishers.noBody(), "Authorization", "")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void itsOwnToolkeepCanReadIt() throws Exception {
        Manual manual = OpenApi.read(document, "own", "http://" + console.host() + "/openapi.json", "");
        assertThat(manual.leftOut()).isEmpty();
        assertThat(manual.tools()).hasSizeGreaterThan(35);
    }

    private interface Each {
        void operation(String route, JsonNode operation);
    }

    private void operations(Each each) {
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(one -> {
                    assertThat(METHODS).contains(one.getKey());
                    each.operation(one.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), one.getValue());
                }));
    }

    private Answer ask(String path) {
        return console.ask("GET", path, BodyPublishers.noBody());
    }

    private static String bare(String route) {
        return route.replaceAll("\\{[^}]*}", "{}");
    }
}
