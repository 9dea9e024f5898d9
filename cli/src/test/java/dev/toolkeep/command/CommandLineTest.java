package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The tree of commands against its own words: docs/command-line.md, and what each command says of itself.
class CommandLineTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z ]+)` \\| .* \\| `(toolkeep .*)` \\|$");

    @TempDir
    private Path temp = Path.of("");

    private Shell shell() {
        return new Shell(temp.resolve("data"), temp);
    }

    private CommandLine tree() {
        return shell().main(OutputStream.nullOutputStream(), OutputStream.nullOutputStream())
                .tree();
    }

    private static void leaves(String name, CommandLine line, Map<String, CommandLine> found) {
        if (line.getCommandSpec().usageMessage().hidden() || name.equals("help")) {
            return;
        }
        if (line.getSubcommands().isEmpty()) {
            found.put(name, line);
        }
        line.getSubcommands().forEach((word, sub) -> leaves((name + " " + word).strip(), sub, found));
    }

    private Map<String, CommandLine> leaves() {
        Map<String, CommandLine> found = new TreeMap<>();
        leaves("", tree(), found);
        return found;
    }

    @Test
    void theDocumentNamesEveryCommandAndNoOther() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "command-line.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2));
            }
        }
        assertThat(documented.keySet()).isEqualTo(leaves().keySet());
        documented.forEach((name, example) -> {
            assertThat(example).startsWith("toolkeep " + name);
            parses(example);
        });
    }

    @Test
    void everyExampleInAHelpParses() {
        List<String> examples = new ArrayList<>();
        leaves().forEach((name, line) -> {
            List<String> own = List.of(line.getCommandSpec().usageMessage().footer()).stream()
                    .map(String::strip)
                    .filter(text -> text.startsWith("toolkeep "))
                    .toList();
            if (!name.equals("start") && !name.equals("lint")) {
                assertThat(own).as(name).isNotEmpty();
            }
            examples.addAll(own);
        });
        examples.forEach(this::parses);
    }

    private void parses(String example) {
        List<String> words = Shell.words(example);
        tree().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }

    @Test
    void everyCommandAndGroupShowsItsHelp() {
        for (String name : leaves().keySet()) {
            assertThat(shell().run((name + " --help").split(" ")).done().out())
                    .as(name)
                    .startsWith("Usage: toolkeep " + name);
        }
        for (String group : List.of("source", "tool", "agent", "agent key", "policy", "secret", "log")) {
            assertThat(shell().run((group + " --help").split(" ")).done().out())
                    .as(group)
                    .contains("Commands:");
        }
        assertThat(shell().run("--help").done().out()).contains("source", "doctor");
    }

    @Test
    void whatIsNoCommandIsSaid() {
        assertThat(shell().run("soruce list").wrong().err()).contains("there is no command soruce", "source");
        assertThat(shell().run("tool").wrong().err()).contains("which one? ");
        assertThat(shell().run("tool --json").wrong().json().path("code").asString())
                .isEqualTo("usage");
    }

    @Test
    void nothingTypedIsExpanded() throws Exception {
        Files.writeString(temp.resolve("args"), "--help");
        Shell.Ran ran = shell().run("tool", "show", "@" + temp.resolve("args"));
        assertThat(ran.failed().err()).contains("not_running");
    }
}
