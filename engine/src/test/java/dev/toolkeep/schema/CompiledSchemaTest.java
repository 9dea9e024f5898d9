package dev.toolkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CompiledSchemaTest {
    private static final String TOO_MUCH =
            "it takes too much work to judge: it is too large or too deep for its schema";

    static JsonNode json(String text) throws Malformed {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
    }

    static CompiledSchema schema(String text) throws Malformed {
        return CompiledSchema.compile(json(text));
    }

    @Test
    void aProblemNamesThePlaceAndTheRuleAndNeverTheValue() throws Exception {
        CompiledSchema schema = schema("""
                {"type": "object", "required": ["owner"], "additionalProperties": false, "properties": {
                  "owner": {"type": "string", "maxLength": 5}, "limit": {"maximum": 100},
                  "state": {"enum": ["open", "closed"]}, "tags": {"items": {"pattern": "^[a-z]+$"}}}}""");
        assertThat(schema.problems(json("{\"limit\": 7777, \"state\": \"hunter2\", \"tags\": [\"ok\", \"Sesame\"],"
                        + " \"extra\": \"sk-secret\"}")))
                .containsExactlyInAnyOrder(
                        "/ must have the property owner",
                        "/ must not have the property extra",
                        "/limit must be at most 100",
                        "/state must be one of [\"open\",\"closed\"]",
                        "/tags/1 must match the pattern ^[a-z]+$")
                .noneMatch(line -> line.matches(".*(7777|hunter2|Sesame|sk-secret).*"));
        assertThat(schema.problems(json("{\"owner\": \"acme\", \"limit\": 100}")))
                .isEmpty();
    }

    @Test
    void atMostTenProblemsAreNamed() throws Exception {
        assertThat(schema("{\"items\": {\"type\": \"string\"}}").problems(json("[1,2,3,4,5,6,7,8,9,10,11,12]")))
                .hasSize(10);
    }

    @Test
    void aNameFromTheCallerIsCutAndCleaned() throws Exception {
        String problem = schema("{\"additionalProperties\": false}")
                .problems(Json.object().put("x\n\u202e" + "y".repeat(500), 1))
                .getFirst();
        assertThat(problem).startsWith("/ must not have the property x??yyy").hasSizeLessThan(120);
    }

    @Test
    void schemasThatSayNothingAreUnconstrained() throws Exception {
        assertThat(schema("{}").unconstrained()).isTrue();
        assertThat(schema("true").unconstrained()).isTrue();
        assertThat(schema("{\"description\": \"anything\", \"$schema\": \"http://json-schema.org/draft-07/schema#\"}")
                        .unconstrained())
                .isTrue();
        assertThat(schema("false").unconstrained()).isFalse();
        assertThat(schema("{\"type\": \"object\"}").unconstrained()).isFalse();
        assertThat(CompiledSchema.refusing("no").unconstrained()).isFalse();
    }

    @Test
    void whatStandsForABrokenSchemaRefusesEverything() throws Exception {
        assertThat(CompiledSchema.refusing("because").problems(json("{}"))).containsExactly("because");
    }

    @Test
    void nothingIsEverFetched() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        String there = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
        try {
            for (String reference : new String[] {"$ref", "$dynamicRef"}) {
                for (String target : new String[] {
                    there,
                    there + "#/properties/a",
                    "file:///etc/passwd",
                    "classpath:draft/2020-12/schema",
                    "jar:file:/x.jar!/y",
                    "other.json",
                    "http://json-schema.org/draft-07/schema#"
                }) {
                    assertThatThrownBy(() ->
                                    schema("{\"properties\": {\"x\": {\"" + reference + "\": \"" + target + "\"}}}"))
                            .isInstanceOf(Malformed.class)
                            .hasMessageContaining("leads outside the schema");
                }
            }
            assertThatThrownBy(() -> schema("{\"$schema\": \"" + there + "\"}"))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining("dialect");
            schema("{\"$id\": \"" + there + "\", \"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"string\"}}}")
                    .problems(json("1"));
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void aReferenceHiddenWhereOnlyAnotherReferenceLeadsIsFoundToo() {
        assertThatThrownBy(() -> schema("{\"$ref\": \"#/x-parts/a\", \"x-parts\": {\"a\": {\"$ref\": \"http://h/\"}}}"))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("leads outside");
        assertThatThrownBy(() -> schema("{\"$ref\": \"#/x\", \"x\": {\"pattern\": \"(?=a)\"}}"))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("looks ahead");
    }

    @Test
    void aReferenceToNothingIsRefused() {
        assertThatThrownBy(() -> schema("{\"$ref\": \"#/$defs/gone\"}"))
                .isInstanceOf(Malformed.class)
                .hasMessage("the reference at /$ref leads to nothing");
    }

    @Test
    void twoSchemasOfTheSameIdNeverMeet() throws Exception {
        CompiledSchema one = schema("{\"$id\": \"https://a.example/s\", \"$ref\": \"#/$defs/v\","
                + " \"$defs\": {\"v\": {\"type\": \"string\"}}}");
        CompiledSchema other = schema("{\"$id\": \"https://a.example/s\", \"$ref\": \"#/$defs/v\","
                + " \"$defs\": {\"v\": {\"type\": \"integer\"}}}");
        assertThat(one.problems(json("\"text\""))).isEmpty();
        assertThat(other.problems(json("\"text\""))).isNotEmpty();
        assertThat(other.problems(json("1"))).isEmpty();
    }

    @Test
    void dataThatOnlyLooksLikeASchemaIsLeftAlone() throws Exception {
        CompiledSchema schema = schema("""
                {"properties": {"$ref": {"type": "string"}, "pattern": {"type": "string"}, "type": {"type": "string"}},
                 "default": {"$ref": "http://elsewhere/"}, "examples": [{"pattern": "(?=x)"}],
                 "enum": [{"$ref": "http://elsewhere/", "pattern": "(?=x)", "type": "no"}]}""");
        assertThat(schema.problems(json("{\"$ref\": \"http://elsewhere/\", \"pattern\": \"(?=x)\", \"type\": \"no\"}")))
                .isEmpty();
    }

    @Test
    void aKeywordOfTheWrongKindIsRefused() {
        for (String wrong : new String[] {
            "{\"type\": \"strnig\"}",
            "{\"type\": []}",
            "{\"type\": 5}",
            "{\"required\": \"a\"}",
            "{\"required\": true}",
            "{\"required\": [1]}",
            "{\"maximum\": \"10\"}",
            "{\"maxLength\": -1}",
            "{\"maxLength\": 1.5}",
            "{\"multipleOf\": 0}",
            "{\"exclusiveMaximum\": true}",
            "{\"enum\": \"a\"}",
            "{\"pattern\": 5}",
            "{\"properties\": []}",
            "{\"properties\": {\"a\": 5}}",
            "{\"items\": [{}]}",
            "{\"anyOf\": {}}",
            "{\"not\": 5}",
            "{\"uniqueItems\": 1}",
            "{\"$ref\": 5}",
            "{\"dependentRequired\": {\"a\": 1}}",
            "5",
            "[]",
            "null",
            "\"text\"",
            "{\"$schema\": 5}",
            "{\"$schema\": \"https://example.com/mine\"}",
            "{\"properties\": {\"a\": {\"$schema\": \"http://json-schema.org/draft-04/schema\"}}}"
        }) {
            assertThatThrownBy(() -> schema(wrong)).as(wrong).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void aHugeOrDeepSchemaIsRefused() {
        ObjectNode wide = Json.object();
        for (int i = 0; i < 10_001; i++) {
            wide.withObject("/properties").putObject("p" + i).put("type", "string");
        }
        assertThatThrownBy(() -> CompiledSchema.compile(wide))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("more than 20000 parts");
        ObjectNode deep = Json.object();
        ObjectNode at = deep;
        for (int i = 0; i < 5_000; i++) {
            at = at.putObject("not");
        }
        assertThatThrownBy(() -> CompiledSchema.compile(deep))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("100 deep");
    }

    @Test
    void theLargestSchemaThatIsTakenJudges() throws Exception {
        ObjectNode wide = Json.object();
        for (int i = 0; i < 9_900; i++) {
            wide.withObject("/properties").putObject("p" + i).put("type", "string");
        }
        assertThat(CompiledSchema.compile(wide).problems(Json.object().put("p9899", 1)))
                .containsExactly("/p9899 must be string");
    }

    @Test
    void aSchemaThatOnlyRefersToItselfJudgesNothingAndEnds() throws Exception {
        assertThat(schema("{\"$ref\": \"#\"}").problems(json("1"))).containsExactly(TOO_MUCH);
        assertThat(schema("{\"allOf\": [{\"$ref\": \"#\"}]}").problems(json("1")))
                .containsExactly(TOO_MUCH);
    }

    @Test
    void aSchemaThatDoublesTheWorkAtEveryLevelIsStopped() throws Exception {
        CompiledSchema schema = schema("{\"required\": [\"b\"], \"properties\": {\"a\":"
                + " {\"anyOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}]}}}");
        assertThat(schema.problems(nested(60))).containsExactly(TOO_MUCH);
    }

    @Test
    void aRecursiveSchemaJudgesTheDeepestAnswerThatIsTaken() throws Exception {
        CompiledSchema schema = schema("""
                {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "additionalProperties": false,
                  "properties": {"a": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}}}}}""");
        assertThat(schema.problems(nested(Bounds.ANSWER.depth() - 1))).isEmpty();
        assertThat(schema.problems(nested(5_000))).containsExactly(TOO_MUCH);
    }

    @Test
    void aValueWithTooManyErrorsIsStopped() throws Exception {
        ArrayNode values = Json.array();
        for (int i = 0; i < 50_000; i++) {
            values.add(i);
        }
        assertThat(schema("{\"items\": {\"type\": \"string\"}}").problems(values))
                .containsExactly(TOO_MUCH);
        assertThat(schema("{\"items\": {\"type\": \"integer\"}}").problems(values))
                .isEmpty();
    }

    /// All of one hash code: in a plain hash set they cost the square of their number, here minutes.
    @Test
    @Timeout(60)
    void itemsMadeToCollideAreToldApartInNoMoreTimeThanOthers() throws Exception {
        ArrayNode values = Json.array();
        for (int i = 0; i < 1 << 17; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 17; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            values.add(text.toString());
        }
        for (String dialect : List.of("draft-04/schema#", "draft-07/schema#", "draft/2020-12/schema")) {
            CompiledSchema schema =
                    schema("{\"$schema\": \"http://json-schema.org/" + dialect + "\", \"uniqueItems\": true}");
            assertThat(schema.problems(values)).isEmpty();
            assertThat(schema.problems(json("[1, 1.0]"))).containsExactly("/ must not have the same item twice");
        }
    }

    @Test
    void itemsAreTheSameWhenTheirValuesAre() throws Exception {
        CompiledSchema schema = schema("{\"uniqueItems\": true}");
        for (String same : List.of(
                "[1, 1.0]",
                "[0, -0.0]",
                "[100, 1E2]",
                "[{\"a\": 1, \"b\": [2]}, {\"b\": [2.0], \"a\": 1}]",
                "[null, null]")) {
            assertThat(schema.problems(json(same))).as(same).isNotEmpty();
        }
        for (String different : List.of(
                "[9007199254740993, 9007199254740992]",
                "[1, \"1\", \"#1\", true, \"true\", null, \"null\", \"\", [], {}, [[]], [1]]",
                "[[1, 23], [12, 3], [\"a\", \"b\"], [\"ab\"], [\"a\", \"1:b\"], [\"a\\\"1:b\"]]",
                "[{\"a\": 1}, {\"a\": 2}, {\"b\": 1}, {\"a\": 1, \"b\": 1}, {\"a\": {\"b\": 1}}]")) {
            assertThat(schema.problems(json(different))).as(different).isEmpty();
        }
    }

    @Test
    void formatsAreNotesInEveryDialect() throws Exception {
        assertThat(schema("{\"format\": \"email\"}").problems(json("\"x\""))).isEmpty();
        assertThat(schema("{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"format\": \"regex\"}")
                        .problems(json("\"(\"")))
                .isEmpty();
    }

    @Test
    void numbersAreComparedByValue() throws Exception {
        assertThat(schema("{\"const\": 1.0}").problems(json("1"))).isEmpty();
        assertThat(schema("{\"type\": \"integer\"}").problems(json("1.0"))).isEmpty();
        assertThat(schema("{\"maximum\": 9007199254740993}").problems(json("9007199254740994")))
                .isNotEmpty();
        assertThat(schema("{\"multipleOf\": 0.01}").problems(json("4.35"))).isEmpty();
    }

    private static JsonNode nested(int depth) {
        ObjectNode outer = Json.object();
        ObjectNode at = outer;
        for (int i = 1; i < depth; i++) {
            at = at.putObject("a");
        }
        return outer;
    }
}
