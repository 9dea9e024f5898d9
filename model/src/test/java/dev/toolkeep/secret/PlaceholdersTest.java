package dev.toolkeep.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceholdersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/$ref",
                "$filter=a eq 'b'",
                "query($id: ID!) { a(id: $id) }",
                "$? $HOME $1",
                "${}",
                "${A-b}",
                "${1A}",
                "$$",
                "$${A-b}",
                "${A",
                "{A}"
            })
    void whatOtherLanguagesWriteSurvives(String text) {
        assertThat(Placeholders.fill(text, name -> "filled")).isEqualTo(text);
        assertThat(Placeholders.names(text)).isEmpty();
    }

    @Test
    void aDollarMoreMakesAPlaceholderText() {
        Map<String, String> values = Map.of("A", "a", "B", "${A}");
        assertThat(Placeholders.fill("$${A} ${A} $$${A}${A}", values::get)).isEqualTo("${A} a $${A}a");
        assertThat(Placeholders.names("$${A} ${B}")).containsExactly("B");
        assertThat(Placeholders.fill("${B}$${B}", values::get)).isEqualTo("${A}${B}");
    }
}
