package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretCommandsTest {
    private static final String VALUE = "correct-horse-battery-staple-7";

    private Live live;
    private Shell shell;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temp) {
        folder = temp;
        live = Live.in(temp);
        shell = live.shell();
    }

    @AfterAll
    void stop() {
        live.close();
    }

    @Test
    void aValueComesFromInputAFileOrAPersonAndIsNeverEchoed() throws Exception {
        Path file = live.file("pets.key", VALUE + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        List<Shell.Ran> all = new ArrayList<>();
        all.add(shell.typing(VALUE + "\n")
                .run("secret set PIPED --for source:pets")
                .done());
        all.add(shell.run("secret set FILED --for tool:pets.list --from pets.key")
                .done());
        all.add(shell.at(Somebody.hiding(VALUE))
                .run("secret set TYPED --for source:pets")
                .done());
        all.add(shell.typing(VALUE)
                .run("secret rotate TYPED --for source:pets --json")
                .done());
        all.add(shell.run("secret list").done());
        all.add(shell.run("secret list --json").done());
        assertThat(all).allSatisfy(ran -> assertThat(ran.out() + ran.err()).doesNotContain(VALUE));
        assertThat(all.get(0).out()).contains("PIPED for source:pets is set");
        assertThat(all.get(1).err()).contains("can be read by others");
        assertThat(all.get(3).json().path("replaced").asBoolean()).isTrue();
        assertThat(all.get(4).out()).contains("FILED", "tool:pets.list", "TYPED");
        shell.run("secret remove FILED --for tool:pets.list").done();
        assertThat(shell.run("secret remove FILED --for tool:pets.list")
                        .failed()
                        .err())
                .contains("not_found");
    }

    @Test
    void aValueAsAnArgumentIsWrongUseAndNotRepeated() {
        for (String wrong : new String[] {
            "secret set NAME " + VALUE + " --for source:pets",
            "secret rotate NAME --for source:pets " + VALUE,
            "secret set NAME --value=" + VALUE + " --for source:pets",
            "secret remove NAME " + VALUE + " --for source:pets",
            "secret list " + VALUE
        }) {
            Shell.Ran ran = shell.run(wrong).wrong();
            assertThat(ran.out() + ran.err()).as(wrong).doesNotContain(VALUE);
            Shell.Ran json = shell.run(wrong + " --json").wrong();
            assertThat(json.json().path("code").asString()).isEqualTo("usage");
            assertThat(json.out() + json.err()).as(wrong).doesNotContain(VALUE);
        }
        assertThat(shell.run("secret set NAME " + VALUE + " --for source:pets").err())
                .contains("never an argument", "--from FILE");
    }

    @Test
    void whatCannotBeASecretIsSaid() {
        assertThat(shell.run("secret set EMPTY --for source:pets").failed().err())
                .contains("empty");
        assertThat(shell.typing("x".repeat(70_000))
                        .run("secret set LONG --for source:pets")
                        .failed()
                        .err())
                .contains("too long");
        assertThat(shell.typing(VALUE).run("secret set ODD --for pets").failed().err())
                .contains("source:NAME")
                .doesNotContain(VALUE);
        assertThat(shell.typing(VALUE)
                        .run("secret rotate NEW --for source:pets")
                        .failed()
                        .err())
                .contains("there is no secret NEW");
        assertThat(shell.run("secret set X --for source:pets --from nowhere")
                        .failed()
                        .err())
                .contains("unreadable");
        shell.run("secret set NAME").wrong();
        shell.run("secret rotate").wrong();
        shell.run("secret remove").wrong();
    }

    @Test
    void theDataFolderNeverHoldsAValueInClear() throws Exception {
        shell.typing(VALUE).run("secret set KEPT --for source:pets").done();
        try (var files = Files.walk(live.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(VALUE);
            }
        }
        assertThat(folder).isNotEmptyDirectory();
    }
}
