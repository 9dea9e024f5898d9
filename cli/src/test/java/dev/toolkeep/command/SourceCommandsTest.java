package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeManuals;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceCommandsTest {
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
    void aFileIsReadFromWhereThePersonStandsAndItsToolsWait() {
        live.file("manual.json", live.publisher().manualOf(java.util.List.of(FakeManuals.Offered.of("items"))));
        Shell.Ran ran = shell.run("source add filed utcp manual.json --reach "
                        + live.publisher().server().hostAndPort())
                .done();
        assertThat(ran.out()).contains("filed: 1 added, 0 unchanged", "+ filed.items", "toolkeep approve 'filed.*'");
        assertThat(shell.run("source show filed").done().out()).contains("manual.json", "1 pending");
        assertThat(shell.run("call filed.items '{\"body\":{}}'").failed().err())
                .contains("tool_not_found", "rule registry");
    }
}
