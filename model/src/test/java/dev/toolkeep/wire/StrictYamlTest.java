package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StrictYamlTest {
    @Test
    void plainScalarsFollowTheCoreSchemaOfYaml12() throws Malformed {
        assertThat(Json.text(parse("""
                        numbers: [1, -2, +3, 0o17, 0x1F, 1.50, .5, 1e3, 007]
                        texts: [yes, No, 'true', "1", 2026-11-21, 12:30, 1_000, 0b1, 1.2.3, -, é]
                        others: [true, False, null, ~]
                        nothing:
                        block: |
                          two
                          lines
                        """.replace("-, é", "é"))))
                .isEqualTo("{\"numbers\":[1,-2,3,15,31,1.50,0.5,1E+3,7],"
                        + "\"texts\":[\"yes\",\"No\",\"true\",\"1\",\"2026-11-21\",\"12:30\",\"1_000\",\"0b1\",\"1.2.3\",\"é\"],"
                        + "\"others\":[true,false,null,null],\"nothing\":null,\"block\":\"two\\nlines\\n\"}");
    }

    @Test
    void keysAreAlwaysText() throws Malformed {
        assertThat(Json.text(parse("200: a\ntrue: b\nnull: c\n")))
                .isEqualTo("{\"200\":\"a\",\"true\":\"b\",\"null\":\"c\"}");
    }

    @Test
    void whatStartsLikeJsonIsReadAsStrictJson() throws Malformed {
        assertThat(Json.text(parse(" \n{\"a\": [1]}"))).isEqualTo("{\"a\":[1]}");
        refused("{a: 1}", "not JSON");
        refused("{\"a\":1,\"a\":2}", "a name twice");
    }

    @Test
    void aKeyTwiceInOneMappingIsRefused() {
        refused("a: 1\nb: 2\na: 3\n", "a key twice in one mapping at line 3");
        refused("1: x\n'1': y\n", "a key twice in one mapping");
        refused("- {a: 1, a: 2}", "a key twice in one mapping");
    }

    @Test
    void anchorsAliasesMergeKeysAndTagsAreRefused() {
        refused("a: &x 1\nb: 2\n", "an anchor at line 1");
        refused("a: &x {b: 1}\n", "an anchor");
        refused("a: 1\nb: *x\n", "");
        refused("<<: {a: 1}\n", "a merge key");
        refused("a: !!str 1\n", "a tag");
        refused("a: !!binary aGk=\n", "a tag");
        refused("a: !<tag:example.org,2000:x> {}\n", "a tag");
        refused("!!javax.script.ScriptEngineManager [1]\n", "a tag");
        refused("!!str a: 1\n", "a tag");
    }

    @Test
    void oneDocumentIsReadAndASecondIsRefused() throws Malformed {
        assertThat(Json.text(parse("---\na: 1\n...\n"))).isEqualTo("{\"a\":1}");
        refused("a: 1\n---\nb: 2\n", "more than one document");
        refused("", "empty");
        refused("# only a comment\n", "empty");
    }

    @Test
    void numbersNoDoubleHoldsAreRefused() {
        for (String bad : new String[] {"1e400", "1e-400", "0x" + "f".repeat(300), "1e99999999999"}) {
            refused("a: " + bad, "a number out of range");
        }
        for (String bad : new String[] {".inf", "-.INF", ".nan"}) {
            refused("a: " + bad, "a number that is not finite");
        }
    }

    @Test
    void everyBoundIsKept() {
        Bounds small = new Bounds(200, 4, 20, 12);
        refusedIn("- - - - - 1", small, "nested deeper than 4");
        refusedIn("a: " + "x".repeat(21), small, "a text longer than 20 characters");
        refusedIn("x".repeat(21) + ": 1", small, "a text longer than 20 characters");
        refusedIn("a: 1234567890123", small, "a number longer than 12 characters");
        refusedIn("#".repeat(201), small, "larger than 200 bytes");
    }

    @Test
    void moreValuesThanADocumentOfThatSizeMayHaveAreRefused() throws Malformed {
        Bounds small = new Bounds(5_000, 9, 9, 9);
        assertThat(StrictYaml.parse("- 1\n".repeat(999).getBytes(UTF_8), small)).hasSize(999);
        refusedIn("- 1\n".repeat(1_000), small, "more than 1000 values");
    }

    @Test
    void deepNestingIsRefusedWithoutHarm() {
        refused("- ".repeat(50_000) + "1", "");
        refused("a: " + "[".repeat(50_000), "");
        refused("? ".repeat(10_000) + "1", "");
    }

    @Test
    void whatIsNoTextIsRefused() {
        refused("\uFEFFa: 1", "starts with a byte order mark");
        refused("a: \"\\uD800\"", "");
        assertThatThrownBy(
                        () -> StrictYaml.parse(new byte[] {'a', ':', ' ', (byte) 0xC0, (byte) 0x80}, Bounds.DOCUMENT))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void damagedYamlIsAValueOrMalformedAndNothingElse() {
        byte[] good = """
                openapi: 3.1.0
                info: {title: "Pets \\u00e9", version: '1'}
                paths:
                  /pets/{id}:
                    get:
                      parameters:
                        - name: id
                          in: path
                          required: true
                      responses:
                        200: {description: >-
                            folded
                            text}
                """.replace("{description: >-\n            folded\n            text}", "{description: ok}")
                .getBytes(UTF_8);
        Mutations mutations = new Mutations(2);
        for (int i = 0; i < 5_000; i++) {
            try {
                CanonicalJson.bytes(StrictYaml.parse(mutations.of(good), Bounds.DOCUMENT));
            } catch (Malformed expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static JsonNode parse(String text) throws Malformed {
        return StrictYaml.parse(text.getBytes(UTF_8), Bounds.DOCUMENT);
    }

    private static void refused(String text, String why) {
        refusedIn(text, Bounds.DOCUMENT, why);
    }

    private static void refusedIn(String text, Bounds bounds, String why) {
        assertThatThrownBy(() -> StrictYaml.parse(text.getBytes(UTF_8), bounds))
                .isInstanceOf(Malformed.class)
                .hasMessageStartingWith(why);
    }
}
