package dev.toolkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinearPatternTest {
    private static boolean found(String pattern, String text) throws Malformed {
        return LinearPattern.compile(pattern).foundIn(text);
    }

    @Test
    void aPatternMeansWhatEcmaScriptSays() throws Exception {
        assertThat(found("b", "abc")).isTrue();
        assertThat(found("^b", "abc")).isFalse();
        assertThat(found("^a$", "a\n")).isFalse();
        assertThat(found("^.$", "\r")).isFalse();
        assertThat(found("^.$", "\u2028")).isFalse();
        assertThat(found("^.$", "\uD83D\uDE00")).isTrue();
        assertThat(found("^\\s$", "\u00a0")).isTrue();
        assertThat(found("^[\\s]$", "\ufeff")).isTrue();
        assertThat(found("^\\S$", "\u3000")).isFalse();
        assertThat(found("^\\d$", "\u0663")).isFalse();
        assertThat(found("^\\u0041\\x42\\cI$", "AB\t")).isTrue();
        assertThat(found("^\\u{1F600}|\\ud83d\\ude00$", "\uD83D\uDE00")).isTrue();
        assertThat(found("^[\\w-.]+@[\\w.-]+$", "a-b.c@d-e")).isTrue();
        assertThat(found("^[[]$", "[")).isTrue();
        assertThat(found("^[\\b]$", "\b")).isTrue();
        assertThat(found("^\\p{Letter}\\p{Lu}\\p{Script=Greek}$", "aB\u03b1")).isTrue();
        assertThat(found("^(?<year>\\d{4})\\/\\d\\d$", "2026/11")).isTrue();
        assertThat(found("^(?i)abc$", "ABC")).isTrue();
        assertThat(found("^{\\$$", "{$")).isTrue();
    }

    @Test
    void whatOnlyBacktrackingCanDoIsRefusedByName() {
        assertThatThrownBy(() -> found("^(?=.*\\d).+$", "")).hasMessageContaining("looks ahead");
        assertThatThrownBy(() -> found("^(?!x)", "")).hasMessageContaining("looks ahead");
        assertThatThrownBy(() -> found("(?<=a)b", "")).hasMessageContaining("looks behind");
        assertThatThrownBy(() -> found("(?<!a)b", "")).hasMessageContaining("looks behind");
        assertThatThrownBy(() -> found("(a)\\1", "")).hasMessageContaining("refers back");
        assertThatThrownBy(() -> found("(?<n>a)\\k<n>", "")).hasMessageContaining("refers back");
        assertThatThrownBy(() -> found("a{1,2000}", "")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> found("((a{900}){900}){900}", "")).hasMessageContaining("too large");
        assertThatThrownBy(() -> found("(((a{0,30}){0,30}){0,30}){0,30}", "")).hasMessageContaining("too large");
        assertThatThrownBy(() -> found("a".repeat(4_001), "")).hasMessageContaining("longer");
        for (String broken : List.of(
                "(",
                ")",
                "[",
                "[]",
                "[^]",
                "a**",
                "*",
                "\\",
                "\\q",
                "\\A",
                "\\u12",
                "\\x1",
                "\\u{110000}",
                "\\ud83d",
                "\\p{Nonsense}",
                "\\p",
                "\\c1",
                "(?>a)",
                "(?s)a",
                "(?P<a>b)",
                "[z-a]",
                "a{2}{3}")) {
            assertThatThrownBy(() -> found(broken, "")).as(broken).isInstanceOf(Malformed.class);
        }
    }

    /// Each of these takes a backtracking engine longer than anybody waits.
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void twoHundredEvilPatternsEndInAVerdict() throws Exception {
        Random random = new Random(7);
        String text = "a".repeat(20_000) + "!";
        int judged = 0;
        for (int i = 0; i < 200; i++) {
            String pattern = evil(random);
            CompiledSchema schema;
            try {
                schema = CompiledSchema.compile(Json.object().put("pattern", pattern));
            } catch (Malformed refused) {
                continue;
            }
            judged++;
            assertThat(schema.problems(Json.array().add(text).get(0)))
                    .as(pattern)
                    .hasSize(1);
        }
        assertThat(judged).isGreaterThan(100);
    }

    @Test
    void muchTextUnderManyPatternsIsStoppedBeforeItCosts() throws Exception {
        var all = Json.object();
        for (int i = 0; i < 100; i++) {
            all.withArray("/allOf").addObject().put("pattern", "^(a|b){1,40}(c" + i + ")?");
        }
        CompiledSchema schema = CompiledSchema.compile(all);
        assertThat(schema.problems(Json.array().add("a".repeat(200)).get(0))).isEmpty();
        assertThat(schema.problems(Json.array().add("a".repeat(500_000)).get(0)))
                .singleElement()
                .asString()
                .contains("too much work");
    }

    @Test
    void patternsOfPropertyNamesAreBoundedToo() throws Exception {
        CompiledSchema schema = CompiledSchema.compile(CompiledSchemaTest.json(
                "{\"patternProperties\": {\"^(a+)+$\": false}, \"propertyNames\": {\"pattern\": \"^[a-z]+$\"}}"));
        assertThat(schema.problems(Json.object().put("aaa", 1))).isNotEmpty();
        assertThat(schema.problems(Json.object().put("b", 1))).isEmpty();
        assertThat(schema.problems(Json.object().put("B", 1))).isNotEmpty();
        assertThat(schema.problems(Json.object().put("a".repeat(8_000_000) + "!", 1)))
                .singleElement()
                .asString()
                .contains("too much work");
    }

    @Test
    void anyTextIsAPatternOrMalformed() {
        Random random = new Random(11);
        String letters = "ab01()[]{}?*+.^$|\\-,:<>=!uxpPdDsSwWkc/'\u00e9\u2028\uD83D\uDE00 ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(14); j >= 0; j--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                LinearPattern.compile(text.toString()).foundIn("ab01 \u00e9");
            } catch (Malformed expected) {
                assertThat(expected).hasMessageNotContaining("\n");
            }
        }
    }

    /// The JDK's engine backtracks, but on short texts its verdicts are right.
    @Test
    void verdictsOnShortTextsAreThoseOfABacktrackingEngine() {
        Random random = new Random(13);
        String[] parts = {
            "a", "b", ".", "\\d", "\\w", "[ab]", "[^a]", "[a-c1]", "(a|b)", "(?:ab)", "^", "$", "\\b", "a?", "b*",
            "a+?", "(ab)*", "\\.", "[.]", "a{2}", "b{1,2}", "|"
        };
        int compared = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int j = random.nextInt(5); j >= 0; j--) {
                pattern.append(parts[random.nextInt(parts.length)]);
            }
            String text = text(random);
            try {
                boolean expected = Pattern.compile(pattern.toString().replace("$", "\\z"), Pattern.UNIX_LINES)
                        .matcher(text)
                        .find();
                assertThat(found(pattern.toString(), text))
                        .as(pattern + " in " + text)
                        .isEqualTo(expected);
                compared++;
            } catch (PatternSyntaxException | Malformed skipped) {
                // A pattern one of the two does not take.
            }
        }
        assertThat(compared).isGreaterThan(15_000);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int j = random.nextInt(6); j > 0; j--) {
            text.append("abc1. ".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    private static String evil(Random random) {
        String[] atoms = {"a", "[a-z]", "\\w", ".", "(a|a)", "(a|aa)", "a?", "[^!]", "(?:a|b|ab)", "(?=a)a"};
        String[] repeats = {"+", "*", "{1,50}", "{2,}", "+?", "*?"};
        StringBuilder pattern = new StringBuilder("^");
        for (int group = random.nextInt(3); group >= 0; group--) {
            int depth = 1 + random.nextInt(3);
            pattern.append("(".repeat(depth)).append(atoms[random.nextInt(atoms.length)]);
            for (int i = 0; i < depth; i++) {
                pattern.append(repeats[random.nextInt(repeats.length)]).append(')');
            }
            pattern.append(repeats[random.nextInt(2)]);
        }
        return pattern.append("[0-9]$").toString();
    }
}
