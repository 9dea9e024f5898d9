package dev.toolkeep.command;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a command sees of the world: everything it reads and writes comes from here.
///
/// @param directory what relative paths are relative to
/// @param home the folder of the launcher
/// @param program how the program is called, for advice
/// @param out what the command prints; nothing else goes there
/// @param err what went wrong, and warnings
public record Surroundings(
        Map<String, String> environment,
        Path directory,
        Path home,
        String program,
        InputStream in,
        PrintWriter out,
        PrintWriter err) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /// Those of this process. The launcher says its folder in the system property `toolkeep.home`, and how it was
    /// called in `toolkeep.program`.
    public static Surroundings ofProcess() {
        Path directory = Path.of("").toAbsolutePath();
        return new Surroundings(
                System.getenv(),
                directory,
                directory.resolve(System.getProperty("toolkeep.home", "")),
                System.getProperty("toolkeep.program", "toolkeep"),
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /// The data folder a command means: `--data`, else `TOOLKEEP_DATA`, else `data` beside the launcher.
    public Path data(@Nullable Path flag) {
        String named = environment.getOrDefault("TOOLKEEP_DATA", "");
        if (flag != null) {
            return directory.resolve(flag).normalize();
        }
        return (named.isEmpty() ? home.resolve("data") : directory.resolve(named)).normalize();
    }
}
