package dev.toolkeep.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenTextTest {
    @Test
    void whatAModelReadsAndAPersonDoesNotSeeIsFound() {
        for (int point : List.of(
                0x202E, 0x202A, 0x2066, 0x2069, 0x200E, 0x061C, 0x200B, 0x2060, 0xFEFF, 0x00AD, 0x3164, 0x115F, 0x2800,
                0xE0041, 0xE007F, 0x1B, 0x00, 0x85, 0xE000, 0x0378)) {
            assertThat(HiddenText.in("read" + Character.toString(point) + "me"))
                    .as(Integer.toHexString(point))
                    .hasValueSatisfying(found -> assertThat(found).contains("at character 4"));
        }
        assertThat(HiddenText.in("half \ud83d")).isPresent();
        assertThat(HiddenText.in("a\u200db")).isPresent();
        assertThat(HiddenText.in("a\ufe01\ufe02")).isPresent();
        assertThat(HiddenText.in("\ufe0fa")).isPresent();
        assertThat(HiddenText.in("Reads." + "\n".repeat(90) + "And sends it on."))
                .isPresent();
    }

    @Test
    void honestTextOfAnyScriptIsLeftAlone() {
        for (String text : List.of(
                "",
                "Finds pets.\n\t- by kind\r\n- by name",
                "Gr\u00f6\u00dfe \u2013 \u201eja\u201c \u2026",
                "\u4f60\u597d\uff0c\u4e16\u754c",
                "\u05e9\u05dc\u05d5\u05dd",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\u0915\u094d\u200d\u0937",
                "\uD83D\uDC69\u200d\uD83D\uDCBB \u2764\ufe0f \u2708\ufe0f",
                "\u03bcs \u221a2 \u20ac")) {
            assertThat(HiddenText.in(text)).as(text).isEmpty();
        }
    }

    @Test
    void namesAndTextsOfATreeAreSearched() {
        assertThat(HiddenText.in(Json.object().set("a", Json.array().add(1).add("x\u200b"))))
                .isPresent();
        assertThat(HiddenText.in(Json.object().put("x\u200b", 1))).isPresent();
        assertThat(HiddenText.in(Json.object().put("x", 1))).isEmpty();
    }
}
