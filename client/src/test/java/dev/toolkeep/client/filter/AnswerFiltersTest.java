package dev.toolkeep.client.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerFiltersTest {
    private static final String VALUE =
            "{\"id\":1,\"secret\":\"s\",\"inner\":{\"secret\":\"t\",\"name\":\"n\"},\"list\":[{\"secret\":1},{\"name\":\"m\",\"x\":2},3],\"none\":[]}";

    private static String after(AnswerFilter processor) throws Malformed {
        return Json.text(
                processor.process("m.t", StrictJson.parse(VALUE.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST)));
    }

    @Test
    void excludedMembersGoAtEveryDepthAndWhatTheyEmptiedGoesToo() throws Malformed {
        assertThat(after(AnswerFilters.filterDict(Set.of("secret"), null, Scope.ALL)))
                .isEqualTo("{\"id\":1,\"inner\":{\"name\":\"n\"},\"list\":[{\"name\":\"m\",\"x\":2},3],\"none\":[]}");
    }

    @Test
    void onlyNamedMembersStay() throws Malformed {
        assertThat(after(AnswerFilters.filterDict(null, Set.of("name"), Scope.ALL)))
                .isEqualTo("{\"inner\":{\"name\":\"n\"},\"list\":[{\"name\":\"m\"}],\"none\":[]}");
    }

    @Test
    void textsAreCutButNeverInsideACharacter() {
        AnswerFilter cut = AnswerFilters.limitStrings(3, Scope.ALL);
        assertThat(cut.process("m.t", Json.object().put("a", "abcdef").put("b", "ab\uD83D\uDE00")))
                .isEqualTo(Json.object().put("a", "abc").put("b", "ab"));
    }

    @Test
    void aProjectionGivesThePlacesThatAreThere() throws Malformed {
        assertThat(after(AnswerFilters.projection(List.of("/inner/name"), Scope.ALL)))
                .isEqualTo("\"n\"");
        assertThat(after(AnswerFilters.projection(List.of("/id", "/list/1/name", "/gone"), Scope.ALL)))
                .isEqualTo("{\"/id\":1,\"/list/1/name\":\"m\"}");
        assertThat(after(AnswerFilters.projection(List.of("/gone"), Scope.ALL))).isEqualTo("null");
        assertThatIllegalArgumentException().isThrownBy(() -> AnswerFilters.projection(List.of("id"), Scope.ALL));
    }

    @Test
    void aScopeNamesToolsAndManuals() {
        assertThat(new Scope(Set.of("M.t"), null, null, null).covers("m.t")).isFalse();
        assertThat(new Scope(Set.of("M.t"), null, null, null).covers("m.u")).isTrue();
        assertThat(new Scope(null, Set.of("m.t"), null, null).covers("m.u")).isFalse();
        assertThat(new Scope(null, null, Set.of("m"), null).covers("m.t")).isFalse();
        assertThat(new Scope(null, null, null, Set.of("m")).covers("n.t")).isFalse();
        assertThat(Scope.ALL.covers("n.t")).isTrue();
    }
}
