package dev.toolkeep.toolset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolsetTest {
    @Test
    void everyListThatIsNotEmptyMustHoldSomethingOfTheTool() {
        assertThat(chosen(List.of("pets"), List.of(), List.of()).has(tool("pets.list")))
                .isTrue();
        assertThat(chosen(List.of("pets"), List.of(), List.of()).has(tool("wiki.list")))
                .isFalse();
        Chosen both = chosen(List.of("pets", "wiki"), List.of("*.get-*", "pets.list"), List.of("Read"));
        assertThat(both.has(tool("pets.list", "READ", "x"))).isTrue();
        assertThat(both.has(tool("wiki.get-page", "read"))).isTrue();
        assertThat(both.has(tool("wiki.list", "read"))).isFalse();
        assertThat(both.has(tool("pets.list", "write"))).isFalse();
        assertThat(both.has(tool("other.get-page", "read"))).isFalse();
    }

    @Test
    void namesAreShortWhereOneSourceIsAllThereCanBe() {
        for (Chosen one : List.of(
                chosen(List.of("pets"), List.of(), List.of()),
                chosen(List.of("pets"), List.of("*.get"), List.of("x")),
                chosen(List.of(), List.of("pets.get-*", "pets.list"), List.of()))) {
            assertThat(one.unprefixed()).isTrue();
            assertThat(one.shown(ToolName.parse("pets.a.b"))).isEqualTo("a.b");
            assertThat(one.full("a.b")).isEqualTo("pets.a.b");
        }
        for (Chosen several : List.of(
                chosen(List.of("pets", "wiki"), List.of(), List.of()),
                chosen(List.of(), List.of("pets.*", "petshop.*"), List.of()),
                chosen(List.of(), List.of("pet*.list"), List.of()),
                chosen(List.of(), List.of("*"), List.of()),
                chosen(List.of(), List.of(), List.of("read")))) {
            assertThat(several.unprefixed()).isFalse();
            assertThat(several.shown(ToolName.parse("pets.a"))).isEqualTo("pets.a");
            assertThat(several.full("pets.a")).isEqualTo("pets.a");
        }
    }

    @Test
    void whatCannotBeAToolsetIsRefused() {
        List<String> many = Collections.nCopies(Toolset.Selection.MOST + 1, "x");
        assertThatThrownBy(() -> chosen(List.of(), List.of(), List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> chosen(many, List.of(), List.of())).hasMessageContaining("at most");
        assertThatThrownBy(() -> chosen(List.of("Pets"), List.of(), List.of())).hasMessageContaining("source");
        assertThatThrownBy(() -> chosen(List.of(), List.of(), List.of(" "))).hasMessageContaining("tag");
        for (String name : List.of("", "A", "-a", "a/b", "a.b", "a".repeat(65), "a\n", Toolset.WHOLE)) {
            assertThat(Toolset.validName(name)).as(name).isFalse();
        }
        assertThatThrownBy(() -> new Toolset("a", "two\nlines", selection(), "eve", Instant.EPOCH))
                .hasMessageContaining("title");
    }

    private static Toolset.Selection selection() {
        return new Toolset.Selection(List.of("pets"), List.of(), List.of());
    }

    private static Chosen chosen(List<String> sources, List<String> tools, List<String> tags) {
        return new Chosen(new Toolset(
                "t",
                "",
                new Toolset.Selection(
                        sources, tools.stream().map(ToolPattern::new).toList(), tags),
                "eve",
                Instant.EPOCH));
    }

    private static ToolDefinition tool(String name, String... tags) {
        return new ToolDefinition(
                ToolName.parse(name),
                "",
                "",
                Json.object(),
                Json.object(),
                Json.object(),
                Stream.of(tags).toList(),
                new CallTemplate.Text("x"),
                new TreeSet<>(),
                null);
    }
}
