package dev.toolkeep.testkit.contract;

import static dev.toolkeep.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.toolset.Toolset;
import dev.toolkeep.toolset.Toolsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Toolsets] does.
public abstract class ToolsetsContract {
    private Toolsets toolsets;

    /// Empty, its own for every test.
    protected abstract Toolsets open() throws Exception;

    @BeforeEach
    void openToolsets() throws Exception {
        toolsets = open();
    }

    @Test
    void aNewOneIsEmpty() {
        assertThat(toolsets.all()).isEmpty();
    }

    @Test
    void aToolsetComesBackAsItWasSaved() {
        String words = Samples.ALL_KINDS_OF_TEXT.replaceAll("[\\r\\n\\t]", " ");
        Toolset whole = new Toolset(
                "pets",
                words,
                new Toolset.Selection(
                        List.of("pets", "wiki"),
                        List.of(new ToolPattern("pets.get-*"), new ToolPattern("wiki.a/b")),
                        List.of("Read only", words)),
                "eve",
                NOON);

        toolsets.save(whole);

        assertThat(toolsets.all()).containsExactly(whole);
    }

    @Test
    void toolsetsComeByNameAndASaveReplacesTheOneOfThatNameAlone() {
        toolsets.save(toolset("b", "one"));
        toolsets.save(toolset("a_", "two"));
        toolsets.save(toolset("a", "three"));
        toolsets.save(toolset("b", "four"));

        assertThat(toolsets.all()).containsExactly(toolset("a", "three"), toolset("a_", "two"), toolset("b", "four"));
    }

    @Test
    void aRemovedOneIsGoneAndRemovingItAgainChangesNothing() {
        toolsets.save(toolset("a", "one"));
        toolsets.save(toolset("b", "two"));

        toolsets.remove("a");
        toolsets.remove("a");
        toolsets.remove("%");

        assertThat(toolsets.all()).containsExactly(toolset("b", "two"));
    }

    @Test
    void manyWhoSaveAtOnceLoseNothing() {
        AtOnce.run(8, writer -> {
            for (int i = 0; i < 10; i++) {
                toolsets.save(toolset("t" + writer + "-" + i, "title"));
            }
        });

        assertThat(toolsets.all()).hasSize(80);
    }

    private static Toolset toolset(String name, String title) {
        return new Toolset(name, title, new Toolset.Selection(List.of("pets"), List.of(), List.of()), "eve", NOON);
    }
}
