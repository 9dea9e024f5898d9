package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolsetCommandsTest {
    private Live live;
    private Shell shell;

    @BeforeAll
    void start(@TempDir Path temp) {
        live = Live.in(temp);
        shell = live.shell();
    }

    @AfterAll
    void stop() {
        live.close();
    }

    @Test
    void aToolsetIsAddedShownListedAndRemoved() {
        String added = shell.run("toolset add clocks --tool keep.c* --title Clocks")
                .done()
                .out();
        assertThat(added).contains("toolset clocks: Clocks", "/mcp/clocks", "own names", "keep.clock");
        assertThat(shell.run("toolset show clocks").done().out()).isEqualTo(added);
        assertThat(shell.run("toolset list").done().out()).contains("clocks", "keep.c*");
        assertThat(shell.run("toolset list --json")
                        .done()
                        .json()
                        .path("toolsets")
                        .path(0)
                        .path("found")
                        .asInt())
                .isEqualTo(1);
        assertThat(shell.run("toolset add clocks --source keep").failed().err()).contains("already");
        shell.run("toolset remove clocks").done();
        assertThat(shell.run("toolset show clocks").failed().err()).contains("no toolset clocks");
        assertThat(shell.run("toolset list").done().out()).contains("no toolsets");
    }

    @Test
    void whatSelectsNothingAndWhatHasNoNameIsRefused() {
        assertThat(shell.run("toolset add nothing").wrong().err()).contains("--source, --tool or --tag");
        assertThat(shell.run("toolset add Big --source keep").failed().err()).contains("1-64 of a-z");
        shell.run("toolset add x --tool keep").failed();
    }
}
