package dev.toolkeep.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VariablesTest {
    @TempDir
    private Path folder;

    @Test
    void aFullNameIsThatOfTheReference() {
        assertThat(new VariableName("test_manual", "API_URL").full()).isEqualTo("test__manual_API_URL");
        assertThat(new VariableName("pets", "API_KEY").full()).isEqualTo("pets_API_KEY");
        assertThat(new VariableName("pet-store", "API_KEY").full()).isEqualTo("pet__store_API_KEY");
    }

    @Test
    void noManualReachesAnothersVariables() {
        VariableSource flat = VariableSource.of(Map.of("my__man_API_KEY", "of my_man", "", "of nobody"));
        assertThat(flat.value(new VariableName("my_man", "API_KEY"))).isEqualTo("of my_man");
        VariableName sly = new VariableName("my", "_man_API_KEY");
        assertThat(sly.full()).isEmpty();
        Variables variables = Variables.of(flat);
        assertThatExceptionOfType(UnsetVariable.class)
                .isThrownBy(() -> variables.require(sly))
                .withMessageContaining("${_man_API_KEY}")
                .withMessageContaining("vault only");
    }

    @Test
    void theEnvironmentShowsNothingBeyondItsPrefixes() {
        Map<String, String> environment = Map.of("pets_KEY", "in", "AWS_SECRET_ACCESS_KEY", "out", "pets_EMPTY", "");
        EnvironmentVariables allowed = new EnvironmentVariables(environment, List.of("pets_"));
        assertThat(allowed.value(new VariableName("pets", "KEY"))).isEqualTo("in");
        assertThat(allowed.value(new VariableName("pets", "EMPTY"))).isNull();
        assertThat(allowed.value(new VariableName("AWS", "SECRET_ACCESS_KEY"))).isNull();
        assertThat(new EnvironmentVariables(environment, List.of()).value(new VariableName("pets", "KEY")))
                .isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EnvironmentVariables(environment, List.of("")))
                .withMessageContaining("at least 2");
    }

    @Test
    void theFirstSourceThatHasItWins() throws UnsetVariable {
        VariableSource first = VariableSource.of(Map.of("m_A", ""));
        VariableSource second = VariableSource.of(Map.of("m_A", "second", "m_B", "b"));
        Variables both = Variables.of(VariableSource.inOrder(List.of(first, second)));
        assertThat(both.require(new VariableName("m", "A"))).isEmpty();
        assertThat(both.require(new VariableName("m", "B"))).isEqualTo("b");
        assertThat(both.find(new VariableName("m", "C"))).isNull();
        assertThatExceptionOfType(UnsetVariable.class)
                .isThrownBy(() -> both.require(new VariableName("m", "C")))
                .withMessageContaining("set m_C in the settings");
    }

    @Test
    void aDotenvFileIsReadAsItIsWritten() throws IOException {
        Path file = written("""
                # keys
                export m_A = plain # a comment
                m_B='single $X \\n # quoted'
                m_C="double\\n\\"quoted\\" \\$X" # comment

                m_D=a#b=c
                m_E=
                m_A=again
                """);
        DotenvFile read = DotenvFile.read(file);
        assertThat(read.value(new VariableName("m", "A"))).isEqualTo("again");
        assertThat(read.value(new VariableName("m", "B"))).isEqualTo("single $X \\n # quoted");
        assertThat(read.value(new VariableName("m", "C"))).isEqualTo("double\n\"quoted\" $X");
        assertThat(read.value(new VariableName("m", "D"))).isEqualTo("a#b=c");
        assertThat(read.value(new VariableName("m", "E"))).isNull();
        assertThat(read.toString()).doesNotContain("again");
    }

    @Test
    void aDotenvFileOpenToOthersIsRefused() throws IOException {
        Path file = written("m_A=b\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DotenvFile.read(file))
                .withMessageContaining("chmod 600");
    }

    @Test
    void aLineThatIsNoAssignmentIsNamedByItsNumberAlone() throws IOException {
        Path file = written("m_A=b\nhunter22 is the password\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DotenvFile.read(file))
                .withMessageContaining("line 2")
                .withMessageNotContaining("hunter22");
        Path open = written("m_A=\"not closed\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DotenvFile.read(open))
                .withMessageContaining("line 1");
    }

    @Test
    void aValueThatIsNotSafeIsRefusedByName() {
        VariableSource source = VariableSource.of(Map.of("m_A", "x;rm", "m_B", "a".repeat(10_001), "m_C", "<b>"));
        Variables strict = new Variables(source, Safety.BASIC, Map.of("m_A", Safety.STRICT, "m_C", Safety.OFF));
        for (String name : List.of("A", "B")) {
            assertThatExceptionOfType(UnsetVariable.class)
                    .isThrownBy(() -> strict.find(new VariableName("m", name)))
                    .withMessageContaining("${" + name + "}")
                    .withMessageNotContaining("rm");
        }
        assertThat(Safety.BASIC.accepts("x;rm")).isTrue();
        assertThat(Safety.STRICT.accepts("a".repeat(1_000))).isFalse();
        assertThat(Safety.OFF.accepts("<b>")).isTrue();
        assertThat(strict.toString()).isEqualTo("<variables>");
    }

    private Path written(String text) throws IOException {
        Path file = folder.resolve(".env");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
