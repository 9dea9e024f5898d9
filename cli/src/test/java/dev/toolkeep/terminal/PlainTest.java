package dev.toolkeep.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void whatIsNotPlainlyVisibleIsWrittenOut() {
        assertThat(Plain.line("a\u001b[31mb\u009bc\u007f\u202ed\u200be\u2028f\n\t\rg"))
                .isEqualTo("a\\u{1b}[31mb\\u{9b}c\\u{7f}\\u{202e}d\\u{200b}e\\u{2028}f\\n\\t\\rg");
        assertThat(Plain.line("x\udb40\udc41y\ud800z")).isEqualTo("x\\u{e0041}y\\u{d800}z");
        assertThat(Plain.line("Grüße, 日本, 🙂")).isEqualTo("Grüße, 日本, 🙂");
        assertThat(Plain.lines("a\r\nb\n\u001b")).isEqualTo("a\nb\n\\u{1b}");
    }

    @Test
    void jsonMeansTheSameAndShowsNothingHidden() throws Exception {
        String hostile = "\u001b[2J\u009b\u202e\u007f\udb40\udc41\n\t\"\\";
        String json = Plain.json(Json.pretty(Json.object().put("text", hostile)));
        assertThat(json.codePoints()
                        .filter(c -> c != '\n' && (c < ' ' || c > '~'))
                        .boxed())
                .isEmpty();
        assertThat(StrictJson.object(json.getBytes(StandardCharsets.UTF_8), Bounds.ANSWER)
                        .path("text")
                        .asString())
                .isEqualTo(hostile);
    }

    @Test
    void everyCellOfATableIsPlainAndAligned() {
        String text = new Page(false)
                .table("A", "B")
                .row("\u001b[1m", "x")
                .row("long-name-here", "y")
                .end()
                .text();
        assertThat(text).isEqualTo("A               B\n\\u{1b}[1m       x\nlong-name-here  y\n");
        assertThat(new Page(true).line(Style.BAD, "\u001b[0m").text()).isEqualTo("\u001b[31m\\u{1b}[0m\u001b[0m\n");
    }
}
