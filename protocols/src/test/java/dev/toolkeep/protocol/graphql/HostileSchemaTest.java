package dev.toolkeep.protocol.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers to the introspection query that no honest server gives.
class HostileSchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a } mutation m { deleteAll",
                "a(x: 1)",
                "a\\nb",
                "",
                "1a",
                "\\u00e9",
                "a\\u0000",
            })
    void aNameThatIsNoNameNeverStandsInADocument(String name) {
        for (String place : new String[] {
            "{'name':'%s','args':[],'type':{'kind':'SCALAR','name':'Int'}}",
            "{'name':'a','args':[{'name':'%s','type':{'kind':'SCALAR','name':'Int'}}],"
                    + "'type':{'kind':'SCALAR','name':'Int'}}",
            "{'name':'a','args':[],'type':{'kind':'SCALAR','name':'%s'}}",
        }) {
            assertThatThrownBy(() -> SchemaReader.read(schema(place.formatted(name))))
                    .isInstanceOf(Malformed.class)
                    .hasMessage("the schema holds a name that is no GraphQL name");
        }
    }

    @Test
    void aTypeWrappedWithoutEndIsRefused() {
        String deep = "{'kind':'LIST','ofType':".repeat(60) + "{'kind':'SCALAR','name':'Int'}" + "}".repeat(60);
        assertThatThrownBy(() -> SchemaReader.read(schema("{'name':'a','args':[],'type':" + deep + "}")))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("nested deeper");
    }

    @Test
    void aMillionTypesAreRefused() {
        ObjectNode data = Json.object();
        ArrayNode types = data.putObject("__schema").putArray("types");
        for (int i = 0; i < 1_000_000; i++) {
            types.addObject().put("kind", "SCALAR").put("name", "T" + i);
        }
        assertThatThrownBy(() -> SchemaReader.read(data))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("more than 20000 types");
    }

    @Test
    void twoTypesOfOneNameAreRefused() {
        assertThatThrownBy(() -> SchemaReader.read(json(
                        "{'__schema':{'types':[{'kind':'SCALAR','name':'A'}," + "{'kind':'SCALAR','name':'A'}]}}")))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void aFieldOfAnUnknownTypeIsLeftOutAndASelfHoldingUnionEnds() throws Malformed {
        GraphQlSchema schema = SchemaReader.read(schema("{'name':'a','args':[],'type':{'kind':'OBJECT','name':'Gone'}},"
                + "{'name':'b','args':[],'type':{'kind':'UNION','name':'U'}}"));
        var manual = OperationTools.of(schema, "s", Judge.request());
        assertThat(manual.leftOut().getFirst().reason()).isEqualTo("the schema does not say what it answers");
        assertThat(Judge.document(manual.tools().getFirst())).isEqualTo("query b { b { __typename } }");
    }

    @Test
    void whateverComesIsReadOrRefused() throws Malformed {
        String sound = Json.text(Judge.of(
                        "type Query { a(b: In): [A!] } input In { c: In d: Int = 1 } type A { e: E }" + " enum E { F }")
                .introspected());
        Random random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:aN0".charAt(random.nextInt(10));
            }
            try {
                OperationTools.of(SchemaReader.read(StrictJson.parse(bytes, Bounds.DOCUMENT)), "s", Judge.request());
            } catch (Malformed refused) {
                assertThat(refused).hasMessageNotContaining("Exception");
            }
        }
    }

    private static JsonNode schema(String field) throws Malformed {
        return json("{'__schema':{'queryType':{'name':'Query'},'types':[{'kind':'OBJECT','name':'Query','fields':["
                + field + "]},{'kind':'SCALAR','name':'Int'},"
                + "{'kind':'UNION','name':'U','possibleTypes':[{'name':'U'},{'name':'Gone'},{'name':'Int'}]}]}}");
    }

    private static JsonNode json(String text) throws Malformed {
        return StrictJson.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
    }
}
