package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.terminal.Person;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Runs commands as a person or a script would type them, in this process.
///
/// `run("tool list 'pets.*'")` is parted as a shell parts it: at blanks, single quotes keep a word together. Every
/// command is sent to the data folder by the variable `TOOLKEEP_DATA`.
final class Shell {
    private final Path data;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private Person person = Person.NOBODY;

    Shell(Path data, Path folder) {
        this.data = data;
        this.folder = folder;
    }

    /// What a command printed and how it ended.
    record Ran(int exit, String out, String err) {
        /// It was done.
        Ran done() {
            assertThat(exit).as("exit code; out: %s err: %s", out, err).isZero();
            return this;
        }

        /// It was refused or failed.
        Ran failed() {
            assertThat(exit).as("exit code; out: %s err: %s", out, err).isEqualTo(1);
            return this;
        }

        /// It was used wrongly.
        Ran wrong() {
            assertThat(exit).as("exit code; out: %s err: %s", out, err).isEqualTo(2);
            return this;
        }

        /// The one JSON object on standard output.
        ObjectNode json() {
            try {
                return StrictJson.object(out.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
            } catch (Malformed e) {
                throw new AssertionError("not one JSON object: " + out + " / " + err, e);
            }
        }
    }

    Shell with(String variable, String value) {
        Shell other = copy();
        other.environment.put(variable, value);
        return other;
    }

    /// What stands on standard input.
    Shell typing(String text) {
        Shell other = copy();
        other.input = text;
        return other;
    }

    /// At a terminal, with somebody before it.
    Shell at(Person somebody) {
        Shell other = copy();
        other.person = somebody;
        return other;
    }

    Ran run(String line) {
        return run(words(line).toArray(String[]::new));
    }

    Ran run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = run(out, err, args);
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// With streams that can be looked at while it runs.
    int run(OutputStream out, OutputStream err, String... args) {
        return main(out, err).run(args);
    }

    /// The program with everything it reads and writes.
    Main main(OutputStream out, OutputStream err) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("TOOLKEEP_DATA", data.toString());
        Surroundings around = new Surroundings(
                variables,
                folder,
                folder,
                "toolkeep",
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true, StandardCharsets.UTF_8),
                new PrintWriter(err, true, StandardCharsets.UTF_8));
        return new Main(around, person);
    }

    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
                any = true;
            } else if (c == ' ' && !quoted) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }

    private Shell copy() {
        Shell other = new Shell(data, folder);
        other.environment.putAll(environment);
        other.input = input;
        other.person = person;
        return other;
    }
}
