package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StrictJsonTest {
    private static final Bounds SMALL = new Bounds(1000, 4, 20, 12);

    @Test
    void everyKindOfValueIsRead() throws Malformed {
        JsonNode read = parse(" {\"a\":[1,-2.50,\"x\\u00e9\\n\",true,false,null,{}],\"\":\"\\ud83d\\ude00\"} ");

        assertThat(Json.text(read)).isEqualTo("{\"a\":[1,-2.50,\"xé\\n\",true,false,null,{}],\"\":\"😀\"}");
    }

    @Test
    void wholeNumbersStayExactAndDecimalsKeepTheirDigits() throws Malformed {
        assertThat(parse("9007199254740993").longValue()).isEqualTo(9007199254740993L);
        assertThat(parse("123456789012345678901234567890").bigIntegerValue())
                .isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(parse("0.10000000000000000001").decimalValue()).isEqualTo(new BigDecimal("0.10000000000000000001"));
    }

    @Test
    void aByteOrderMarkIsRefused() {
        refused("\uFEFF{}", "starts with a byte order mark");
        refused("{}".getBytes(StandardCharsets.UTF_16));
        refused("{}".getBytes(StandardCharsets.UTF_16LE));
        refused("{}".getBytes(StandardCharsets.UTF_16BE));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (String bad : new String[] {
            "\u0080",
            "\u00c0\u0080",
            "\u00c1\u00bf",
            "\u00e0\u0080\u0080",
            "\u00e0\u009f\u00bf",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00bf\u00bf",
            "\u00f0\u0080\u0080\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00f5\u0080\u0080\u0080",
            "\u00ff",
            "\u00e2\u0082",
            "\u00c3",
            "\u00c3("
        }) {
            refused(("\"" + bad + "\"").getBytes(ISO_8859_1));
            refused(("\"" + bad).getBytes(ISO_8859_1));
        }
    }

    @Test
    void wellFormedUtf8OfEveryLengthIsRead() throws Malformed {
        for (String good : new String[] {
            "\u007f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff"
        }) {
            assertThat(parse("\"" + good + "\"").stringValue()).isEqualTo(good);
        }
    }

    @Test
    void halfASurrogatePairIsRefusedHoweverItIsWritten() throws Malformed {
        for (String bad : new String[] {
            "\\ud800",
            "\\uDBFF",
            "\\udc00",
            "\\udfff",
            "\\ud800x",
            "\\ud800\\n",
            "\\ud800\\ud800",
            "\\udc00\\ud800",
            "\\ud800\\u0041",
            "\\\\\\ud800"
        }) {
            refused("\"" + bad + "\"", "half a surrogate pair");
            refused("{\"" + bad + "\":1}", "half a surrogate pair");
        }
        assertThat(parse("\"\\\\ud800\"").stringValue()).isEqualTo("\\ud800");
    }

    @Test
    void aNameTwiceInOneObjectIsRefused() throws Malformed {
        refused("{\"a\":1,\"a\":1}", "a name twice");
        refused("{\"a\":null,\"\\u0061\":1}", "a name twice");
        refused("[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]", "a name twice");
        assertThat(parse("{\"a\":{\"a\":1},\"A\":1}").size()).isEqualTo(2);
    }

    @Test
    void anythingAfterTheValueIsRefused() {
        refused("{} {}", "more than one JSON value");
        refused("1 2", "more than one JSON value");
        for (String bad : new String[] {"{}x", "{}]", "{}\0", "[],", "null//x", "{}/**/"}) {
            refused(bad.getBytes(UTF_8));
        }
    }

    @Test
    void whatIsNotJsonIsRefused() {
        for (String bad : new String[] {
            "",
            "  ",
            "nul",
            "NaN",
            "Infinity",
            "-Infinity",
            "[NaN]",
            "01",
            "-",
            "1.",
            ".5",
            "+1",
            "1e",
            "0x10",
            "'a'",
            "{a:1}",
            "[1,]",
            "{\"a\":1,}",
            "[,1]",
            "{\"a\"}",
            "\"a",
            "\"\t\"",
            "\"\u0001\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "{",
            "[",
            "/*c*/1",
            "#c\n1",
            "]",
            "\u0000",
            "\"a\u0000\"",
            "TRUE",
            "undefined",
            "\\",
            "\"\\"
        }) {
            refused(bad.getBytes(UTF_8));
        }
    }

    @Test
    void aNumberNoDoubleHoldsIsRefused() throws Malformed {
        for (String bad : new String[] {
            "1e400",
            "-1e400",
            "1e309",
            "1e999999999",
            "1e99999999999999999999",
            "1e-400",
            "1e-2147483650",
            "0e99999999999"
        }) {
            refused(bad, "a number out of range");
            refused("[" + bad + "]", "a number out of range");
        }
        refused("1" + "0".repeat(309), "a number out of range");
        assertThat(parse("1.7976931348623157e308").isNumber()).isTrue();
        assertThat(parse("5e-324").isNumber()).isTrue();
        assertThat(parse("0e999999").decimalValue()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void everyBoundIsKept() throws Malformed {
        assertThat(StrictJson.parse("[[[[]]]]".getBytes(UTF_8), SMALL).isArray())
                .isTrue();
        refusedIn("[[[[[]]]]]", "nested deeper than 4");
        refusedIn("{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}", "nested deeper than 4");
        assertThat(StrictJson.parse(("\"" + "x".repeat(20) + "\"").getBytes(UTF_8), SMALL)
                        .isString())
                .isTrue();
        refusedIn("\"" + "x".repeat(21) + "\"", "a text longer than 20 characters");
        refusedIn("{\"" + "x".repeat(21) + "\":1}", "a name longer than 20 characters");
        assertThat(StrictJson.parse("123456789012".getBytes(UTF_8), SMALL).isNumber())
                .isTrue();
        refusedIn("1234567890123", "a number longer than 12 characters");
        refusedIn("1.00000000000", "a number longer than 12 characters");
        refusedIn(" ".repeat(1000) + "1", "larger than 1000 bytes");
    }

    /// An empty list is two bytes on the wire and a hundred in memory.
    @Test
    void moreValuesThanADocumentOfThatSizeMayHaveAreRefused() throws Malformed {
        int most = Bounds.REQUEST.values();
        assertThat(most).isEqualTo((1 << 20) / 10);
        String list = "[" + "[],".repeat(most - 2) + "[]]";
        assertThat(StrictJson.parse(list.getBytes(UTF_8), Bounds.REQUEST)).hasSize(most - 1);
        refused("[[]," + list.substring(1), "more than " + most + " values");
        refused("{\"a\":" + list + "}", "more than " + most + " values");
        assertThat(new Bounds(100, 9, 9, 9).values()).isEqualTo(1_000);
    }

    @Test
    void aHundredThousandOpenBracketsAreRefusedWithoutHarm() {
        refused("[".repeat(100_000), "nested deeper than 64");
        refused("{\"a\":".repeat(100_000), "nested deeper than 64");
    }

    @Test
    void aNumberOfAMillionDigitsIsRefusedWithoutBeingComputed() {
        refused("9".repeat(1_000_000), "a number longer than 400 characters");
        refused("0." + "9".repeat(1_000_000), "a number longer than 400 characters");
    }

    @Test
    void theMessageNamesThePlaceAndNoValue() {
        assertThatThrownBy(() -> parse("{\n \"secret-name\": sesame}"))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("at line 2, column")
                .hasMessageNotContaining("sesame")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> parse("{\"sesame\":1,\"sesame\":2}")).hasMessageNotContaining("sesame");
    }

    @Test
    void objectTakesObjectsOnly() throws Malformed {
        assertThat(StrictJson.object("{\"a\":1}".getBytes(UTF_8), Bounds.REQUEST)
                        .size())
                .isEqualTo(1);
        assertThatThrownBy(() -> StrictJson.object("[1]".getBytes(UTF_8), Bounds.REQUEST))
                .isInstanceOf(Malformed.class)
                .hasMessage("not a JSON object");
    }

    @Test
    void damagedJsonIsAValueOrMalformedAndNothingElse() {
        byte[] good =
                ("{\"jsonrpc\":\"2.0\",\"id\":1,\"params\":{\"name\":\"a.b\",\"arguments\":{\"n\":[1,-2.5e3,\"\\u00e9\\ud83d\\ude00\","
                                + "true,null],\"é\":{}}}}")
                        .getBytes(UTF_8);
        Mutations mutations = new Mutations(1);
        for (int i = 0; i < 8_000; i++) {
            byte[] bytes = mutations.of(good);
            try {
                JsonNode value = StrictJson.parse(bytes, Bounds.REQUEST);
                JsonNode again = StrictJson.parse(Json.bytes(value), Bounds.REQUEST);
                assertThat(CanonicalJson.bytes(again)).isEqualTo(CanonicalJson.bytes(value));
            } catch (Malformed expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static JsonNode parse(String text) throws Malformed {
        return StrictJson.parse(text.getBytes(UTF_8), Bounds.REQUEST);
    }

    private static void refused(String text, String why) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(Malformed.class).hasMessageStartingWith(why);
    }

    private static void refused(byte[] bytes) {
        assertThatThrownBy(() -> StrictJson.parse(bytes, Bounds.REQUEST))
                .as(new String(bytes, ISO_8859_1))
                .isInstanceOf(Malformed.class);
    }

    private static void refusedIn(String text, String why) {
        assertThatThrownBy(() -> StrictJson.parse(text.getBytes(UTF_8), SMALL))
                .isInstanceOf(Malformed.class)
                .hasMessageStartingWith(why);
    }
}
