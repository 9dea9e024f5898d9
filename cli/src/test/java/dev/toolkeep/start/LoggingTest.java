package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {
    @Test
    void warningsAreOneLineEachAlsoAtTheEndAndOnlyOurBugsHaveATrace(@TempDir Path temp) throws Exception {
        try (Program program = Program.of(temp, Talking.class)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            List<String> said = program.err();
            assertThat(said.subList(0, 4))
                    .containsExactly(
                            "toolkeep: warning: two lines",
                            "toolkeep: error: theirs (java.lang.IllegalStateException: theirs is broken)",
                            "toolkeep: error: ours",
                            "java.lang.IllegalStateException: ours is broken");
            assertThat(said.subList(4, said.size())).allMatch(line -> line.startsWith("\tat "));
        }
    }
}
