package dev.toolkeep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ToolPatternTest {
    @Test
    void aStarStandsForAnyRunOfCharacters() {
        assertThat(new ToolPattern("*").matches("a.b")).isTrue();
        assertThat(new ToolPattern("pets.*").matches("pets.list.all")).isTrue();
        assertThat(new ToolPattern("pets.*").matches("petsx.list")).isFalse();
        assertThat(new ToolPattern("*.delete").matches("pets.delete")).isTrue();
        assertThat(new ToolPattern("*.delete").matches("pets.delete_all")).isFalse();
        assertThat(new ToolPattern("a.b").matches("a.b")).isTrue();
        assertThat(new ToolPattern("a.b").matches("axb")).isFalse();
        assertThat(new ToolPattern("a.B").matches("a.b")).isFalse();
        assertThat(new ToolPattern("p*.l*t").matches("pets.list")).isTrue();
    }

    @Test
    void whatNoToolCanBeNamedIsRefused() {
        for (String bad : new String[] {"", "pets", "pets.[ab]", "pets.?", "pets. list", "pets.é"}) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> new ToolPattern(bad));
        }
    }

    @Test
    void itAgreesWithARegularExpression() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            String pattern = word(random, "ab*.", 8) + "*";
            String name = word(random, "ab.", 10);
            Pattern regex = Pattern.compile(pattern.replace(".", "\\.").replace("*", ".*"));
            assertThat(new ToolPattern(pattern).matches(name))
                    .as(pattern + " " + name)
                    .isEqualTo(regex.matches(name));
        }
    }

    private static String word(Random random, String alphabet, int most) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(most); length >= 0; length--) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }
}
