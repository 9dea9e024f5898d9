package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.command.Main;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The program as a process of its own, with an environment that says nothing of Toolkeep but what the test says.
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers;

    private Program(Process process) {
        this.process = process;
        this.readers = List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
    }

    /// Runs a command line in `directory`.
    public static Program run(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        return of(directory, environment, Main.class, arguments);
    }

    /// Runs the main method of another class.
    public static Program of(Path directory, Class<?> main) throws IOException {
        return of(directory, Map.of(), main);
    }

    private static Program of(Path directory, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TOOLKEEP_") || name.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /// Starts Toolkeep on a data folder and free ports, and waits until it says where it listens.
    public static Started start(Path data, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("start", "--json", "--data", data.toString(), "--port", "0", "--console-port", "0"));
        arguments.addAll(Arrays.asList(more));
        Program program = run(data.resolveSibling("."), Map.of(), arguments.toArray(String[]::new));
        try {
            await().atMost(PATIENCE).until(() -> !program.out.isEmpty() || !program.process.isAlive());
            assertThat(program.out).as(() -> String.join("\n", program.err)).hasSize(1);
            JsonNode greeting =
                    StrictJson.parse(program.out.getFirst().getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
            Running running = DataFolder.running(data).orElseThrow();
            return new Started(program, greeting, running, new Client(running, data));
        } catch (Malformed | RuntimeException | AssertionError e) {
            program.close();
            throw new AssertionError("it did not start", e);
        }
    }

    /// One that runs.
    public record Started(Program program, JsonNode greeting, Running running, Client client) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
            program.close();
        }
    }

    public void terminate() {
        process.destroy();
    }

    /// As `kill -9` does.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    public List<String> out() {
        return out;
    }

    public List<String> err() {
        return err;
    }

    private static Thread read(InputStream stream, List<String> lines) {
        return Thread.ofVirtual().start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // The process is gone; what it said is here.
            }
        });
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
