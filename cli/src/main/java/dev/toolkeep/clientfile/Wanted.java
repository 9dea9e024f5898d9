package dev.toolkeep.clientfile;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A server that a file names, as a source can be made of it: either `command` or `url` is empty. A credential that
/// stood in the file stands in `secrets`, and `${NAME}` in its place.
///
/// @param command the program and its arguments
/// @param secrets values to seal, by the name of their placeholder
/// @param missing placeholders whose values the file does not hold
public record Wanted(
        String name,
        List<String> command,
        Map<String, String> env,
        String directory,
        String url,
        Map<String, String> headers,
        Map<String, String> secrets,
        Set<String> missing) {
    public Wanted {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        headers = Map.copyOf(headers);
        secrets = Map.copyOf(secrets);
        missing = Set.copyOf(missing);
    }

    /// Without the secrets' values.
    @Override
    public String toString() {
        return "Wanted[" + name + " secrets=" + secrets.keySet() + "]";
    }
}
