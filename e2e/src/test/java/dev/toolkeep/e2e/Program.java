package dev.toolkeep.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The program itself, started by its launcher as a person starts it, in a process that can be killed.
public final class Program implements AutoCloseable {
    private final Process process;
    private final Path errors;

    private Program(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /// `./toolkeep start` on this data folder, with free ports. What it says on stderr goes to `errors`.
    public static Program start(Path data, Path errors) throws IOException {
        List<String> words =
                List.of("start", "--data", data.toString(), "--port", "0", "--console-port", "0", "--json");
        return new Program(builder(words).redirectError(errors.toFile()).start(), errors);
    }

    /// How a command ended.
    public record Ran(int exit, String out, String err) {}

    /// Runs one command to its end.
    public static Ran run(String... words) throws IOException, InterruptedException {
        Path err = Files.createTempFile("toolkeep", ".err");
        try {
            Process process =
                    builder(List.of(words)).redirectError(err.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    /// What it says once everything listens.
    ///
    /// @throws IOException when it ended before that
    public JsonNode greeting() throws IOException {
        // Not closed: closing it would close the program's stdout.
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("it did not start: " + Files.readString(errors));
        }
        return OpenHouse.json(line);
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean running() {
        return process.isAlive();
    }

    /// SIGKILL; returns when it is gone.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// SIGTERM; the exit code once it has stopped.
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static ProcessBuilder builder(List<String> words) {
        Checkout checkout = Checkout.here();
        List<String> command = new ArrayList<>(List.of(checkout.file("toolkeep").toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("TOOLKEEP_"));
        environment.put("TOOLKEEP_NO_AOT", "1");
        environment.put("TOOLKEEP_JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }
}
