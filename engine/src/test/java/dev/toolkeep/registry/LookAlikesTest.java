package dev.toolkeep.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookAlikesTest {
    @Test
    void caseAndWidthMakeNoOtherName() {
        LookAlikes names = LookAlikes.of(List.of("weather", "send_email"));
        assertThat(names.same("Weather")).contains("weather");
        assertThat(names.same("\uff57eather")).contains("weather");
        assertThat(names.same("SEND_EMAIL")).contains("send_email");
        assertThat(names.same("we\u200bather")).contains("weather");
        assertThat(names.same("weather")).isEmpty();
        assertThat(names.same("forecast")).isEmpty();
    }

    @Test
    void lettersOfOtherScriptsAndLikeShapesLookAlike() {
        LookAlikes names = LookAlikes.of(List.of("weather", "paypal", "send_email", "modern", "O0"));
        assertThat(names.alike("we\u0430ther")).contains("weather");
        assertThat(names.alike("WE\u0410THER")).contains("weather");
        assertThat(names.alike("paypa1")).contains("paypal");
        assertThat(names.alike("paypaI")).contains("paypal");
        assertThat(names.alike("send_emai1")).contains("send_email");
        assertThat(names.alike("modem")).contains("modern");
        assertThat(names.alike("00")).contains("O0");
    }

    @Test
    void itselfAndItsOwnCaseAreNoLookAlikes() {
        LookAlikes names = LookAlikes.of(List.of("search", "list"));
        assertThat(names.alike("search")).isEmpty();
        assertThat(names.alike("Search")).isEmpty();
        assertThat(names.alike("research")).isEmpty();
        assertThat(names.alike("lists")).isEmpty();
    }

    @Test
    void aClashIsEither() {
        assertThat(LookAlikes.clash("Pets", List.of("pets"))).contains("pets");
        assertThat(LookAlikes.clash("paypa1", List.of("paypal"))).contains("paypal");
        assertThat(LookAlikes.clash("pets", List.of("pets", "cats"))).isEmpty();
    }

    @Test
    void aWordOfTwoScriptsIsFound() {
        assertThat(LookAlikes.mixed("list p\u0430yments")).contains("p\u0430yments");
        assertThat(LookAlikes.mixed("\u03bflist")).isPresent();
        assertThat(LookAlikes.mixed("list \u0441\u043f\u0438\u0441\u043e\u043a"))
                .isEmpty();
        assertThat(LookAlikes.mixed("Suche \u65e5\u672c\u8a9eABC")).isEmpty();
    }

    @Test
    void tenThousandNamesAreAskedOfOneIndex() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add("tool_" + i);
        }
        LookAlikes names = LookAlikes.of(many);
        int found = 0;
        for (String name : many) {
            found += names.alike(name.replace('0', 'O')).isPresent() ? 1 : 0;
        }
        assertThat(found).isEqualTo((int)
                many.stream().filter(name -> name.contains("0")).count());
    }
}
