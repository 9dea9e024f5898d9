package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class CanonicalJsonTest {
    @Test
    void numbersAreWrittenAsInTheTableOfRfc8785AppendixB() {
        Map.ofEntries(
                        Map.entry("0000000000000000", "0"),
                        Map.entry("8000000000000000", "0"),
                        Map.entry("0000000000000001", "5e-324"),
                        Map.entry("8000000000000001", "-5e-324"),
                        Map.entry("7fefffffffffffff", "1.7976931348623157e+308"),
                        Map.entry("ffefffffffffffff", "-1.7976931348623157e+308"),
                        Map.entry("4340000000000000", "9007199254740992"),
                        Map.entry("c340000000000000", "-9007199254740992"),
                        Map.entry("4430000000000000", "295147905179352830000"),
                        Map.entry("44b52d02c7e14af5", "9.999999999999997e+22"),
                        Map.entry("44b52d02c7e14af6", "1e+23"),
                        Map.entry("44b52d02c7e14af7", "1.0000000000000001e+23"),
                        Map.entry("444b1ae4d6e2ef4e", "999999999999999700000"),
                        Map.entry("444b1ae4d6e2ef4f", "999999999999999900000"),
                        Map.entry("444b1ae4d6e2ef50", "1e+21"),
                        Map.entry("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
                        Map.entry("3eb0c6f7a0b5ed8d", "0.000001"),
                        Map.entry("41b3de4355555553", "333333333.3333332"),
                        Map.entry("41b3de4355555554", "333333333.33333325"),
                        Map.entry("41b3de4355555555", "333333333.3333333"),
                        Map.entry("41b3de4355555556", "333333333.3333334"),
                        Map.entry("41b3de4355555557", "333333333.33333343"),
                        Map.entry("becbf647612f3696", "-0.0000033333333333333333"),
                        Map.entry("43143ff3c1cb0959", "1424953923781206.2"))
                .forEach((bits, text) -> assertThat(
                                CanonicalJson.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                        .isEqualTo(text));
    }

    @Test
    void aNumberThatIsNotFiniteIsRefused() {
        assertThatThrownBy(() -> CanonicalJson.bytes(JsonNodeFactory.instance.numberNode(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.bytes(JsonNodeFactory.instance.numberNode(Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theExampleOfRfc8785Section322ComesOutAsPrinted() throws Malformed {
        String given = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;

        assertThat(canonical(given))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void membersAreSortedByUtf16CodeUnitsAsInRfc8785Section323() throws Malformed {
        String given = """
                {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
                "\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}
                """;

        assertThat(canonical(given))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void halfASurrogatePairIsRefused() {
        for (String bad : new String[] {"\ud800", "\udc00", "\ud800x", "x\ud83d"}) {
            assertThatThrownBy(() -> CanonicalJson.bytes(JsonNodeFactory.instance.stringNode(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsNoJsonValueIsRefused() {
        assertThatThrownBy(() -> CanonicalJson.bytes(JsonNodeFactory.instance.missingNode()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.bytes(JsonNodeFactory.instance.binaryNode(new byte[3])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomTreesComeOutAsFromTheLibraryOfTheRfcsAuthors() throws IOException, Malformed {
        Random random = new Random(8785);
        for (int i = 0; i < 4_000; i++) {
            String text = Json.text(tree(random, 0));
            String wrapped = "[" + text + "]";
            assertThat(canonical(wrapped)).isEqualTo(new JsonCanonicalizer(wrapped).getEncodedString());
        }
    }

    @Test
    void canonicalFormIsAFixedPoint() throws Malformed {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] once = CanonicalJson.bytes(tree(random, 0));
            assertThat(CanonicalJson.bytes(StrictJson.parse(once, Bounds.REQUEST)))
                    .isEqualTo(once);
        }
    }

    @Test
    void randomDoublesAreTheShortestTextThatReadsBack() throws IOException {
        Random random = new Random(754);
        for (int i = 0; i < 60_000; i++) {
            double value = Double.longBitsToDouble(i % 4 == 0 ? random.nextLong(4096) : random.nextLong());
            if (Double.isFinite(value)) {
                String text = CanonicalJson.number(value);
                assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
                // The library writes subnormal numbers wrongly (9.88e-321 as a thousand zeros); V8 agrees with ours.
                if (Math.abs(value) >= Double.MIN_NORMAL) {
                    assertThat(text).isEqualTo(NumberToJSON.serializeNumber(value));
                }
            }
        }
    }

    @Test
    void subnormalNumbersAreWrittenAsByV8() {
        assertThat(CanonicalJson.number(Double.longBitsToDouble(2024))).isEqualTo("1e-320");
        assertThat(CanonicalJson.number(Double.longBitsToDouble(20))).isEqualTo("1e-322");
        assertThat(CanonicalJson.number(Double.longBitsToDouble(0xfffffffffffffL)))
                .isEqualTo("2.225073858507201e-308");
    }

    private static JsonNode tree(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> nodes.booleanNode(random.nextBoolean());
            case 1 -> nodes.nullNode();
            case 2 -> nodes.numberNode(random.nextInt());
            case 3 -> nodes.numberNode(random.nextDouble() * Math.pow(10, random.nextInt(60) - 30));
            case 4 -> nodes.stringNode(text(random));
            case 5 -> {
                var array = nodes.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(tree(random, depth + 1));
                }
                yield array;
            }
            default -> {
                var object = nodes.objectNode();
                for (int i = random.nextInt(6); i > 0; i--) {
                    object.set(text(random), tree(random, depth + 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int codePoint = random.nextInt(3) == 0 ? random.nextInt(0x110000) : random.nextInt(0x100);
            if (codePoint < 0xD800 || codePoint > 0xDFFF) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }

    private static String canonical(String json) throws Malformed {
        return new String(CanonicalJson.bytes(StrictJson.parse(json.getBytes(UTF_8), Bounds.REQUEST)), UTF_8);
    }
}
