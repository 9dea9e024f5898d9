package dev.toolkeep.e2e.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.command.Main;
import dev.toolkeep.command.Surroundings;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CommandsTest {
    @Test
    void everyCommandThatADocumentShowsIsThere() throws Exception {
        List<String> wrong = new ArrayList<>();
        Set<String> shown = new TreeSet<>();
        Documents.all().forEach((path, text) -> {
            List<String> commands = new ArrayList<>(Documents.found("^\\s*\\./toolkeep ([^\\n]+)$", text));
            commands.addAll(Documents.found("`\\./toolkeep ([^`\\n]+)`", text));
            for (String command : commands) {
                shown.add(command);
                problem(command).forEach(problem -> wrong.add(path + ": " + command + ": " + problem));
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(shown).hasSizeGreaterThan(10);
    }

    /// Follows the words of a command as far as there are subcommands, then looks for its options in the help.
    private static List<String> problem(String command) {
        List<String> words = List.of(command.split("\\s+"));
        if (words.getFirst().equals("--java-home")) {
            return List.of(); // the launcher's own
        }
        List<String> path = new ArrayList<>();
        String help = help(path);
        while (help.contains("Commands:") && path.size() < words.size()) {
            path.add(words.get(path.size()));
            help = help(path);
            if (!help.contains("toolkeep " + String.join(" ", path))) {
                return List.of("there is no such command");
            }
        }
        List<String> problems = new ArrayList<>();
        for (String word : words) {
            if (word.equals("--")) {
                break; // what follows is another program's
            }
            if (word.startsWith("--") && !help.contains(word.replaceFirst("=.*", ""))) {
                problems.add("there is no option " + word);
            }
        }
        return problems;
    }

    private static String help(List<String> path) {
        StringWriter out = new StringWriter();
        List<String> words = new ArrayList<>(path);
        words.add("--help");
        Path here = Documents.root();
        PrintWriter printed = new PrintWriter(out);
        new Main(new Surroundings(Map.of(), here, here, "./toolkeep", InputStream.nullInputStream(), printed, printed))
                .run(words.toArray(String[]::new));
        printed.flush();
        return out.toString();
    }
}
