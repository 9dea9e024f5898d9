package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Documents that are damaged or no OpenAPI 3 at all.
class OpenApiDamageTest {
    @Test
    void whatIsNoOpenApi3DocumentIsMalformed() {
        for (String bad : List.of(
                "[]",
                "{}",
                "{\"openapi\":3}",
                "{\"openapi\":\"2.0\"}",
                "{\"swagger\":\"1.2\"}",
                "{\"swagger\":\"2.0\",\"paths\":[]}",
                "{\"swagger\":\"2.0\",\"host\":7}",
                "{\"openapi\":\"4.0.0\"}",
                "1",
                "{\"openapi\":\"3.1.0\",\"paths\":[]}")) {
            assertThatThrownBy(() -> OpenApi.read(Samples.json(bad), "pets", "", ""))
                    .as(bad)
                    .isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> OpenApi.read(OpenApiTest.yaml(OpenApiTest.PETS), "Not A Source", "", ""))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(
                        () -> OpenApi.read(OpenApiTest.yaml(OpenApiTest.PETS), "pets", OpenApiTest.URL, "https://{x}/"))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void damagedDocumentsAreAManualOrMalformedAndNothingElse() throws Malformed {
        byte[] good = Json.bytes(OpenApiTest.yaml(OpenApiTest.PETS));
        Mutations mutations = new Mutations(4);
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            try {
                Manual manual = OpenApi.read(
                        StrictJson.parse(mutations.of(good), Bounds.DOCUMENT), "pets", OpenApiTest.URL, "");
                manual.tools().forEach(Definitions::digest);
                read++;
            } catch (Malformed expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isGreaterThan(150);
    }

    @Test
    void partsOfTheWrongKindAreLeftOutAndNothingElse() {
        List<String> odd =
                List.of("null", "7", "\"x\"", "[]", "{}", "[null]", "{\"$ref\":\"#\"}", "true", "{\"$ref\":7}");
        JsonNode good;
        try {
            good = OpenApiTest.yaml(OpenApiTest.PETS);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
        replaceEverywhere(good, good, odd);
    }

    private static void replaceEverywhere(JsonNode root, JsonNode at, List<String> odd) {
        if (at instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode kept = object.get(name);
                for (String value : odd) {
                    object.set(name, Samples.json(value));
                    try {
                        OpenApi.read(root, "pets", OpenApiTest.URL, "").tools().forEach(Definitions::digest);
                    } catch (Malformed expected) {
                        assertThat(expected.getMessage()).isNotBlank();
                    }
                }
                object.set(name, kept);
                replaceEverywhere(root, kept, odd);
            }
        } else {
            at.forEach(item -> replaceEverywhere(root, item, odd));
        }
    }
}
