package dev.toolkeep.variable;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The environment, of which only names that start with an allowed prefix are ever looked up: no manual can read
/// `AWS_SECRET_ACCESS_KEY` by asking for it. Without a prefix it holds nothing. An empty value counts as none, as in
/// UTCP's own libraries.
public final class EnvironmentVariables implements VariableSource {
    private final Map<String, String> environment;
    private final List<String> prefixes;

    /// @param environment usually `System.getenv()`
    /// @param prefixes of full names, such as `weather_`: at least two characters each
    /// @throws IllegalArgumentException when a prefix is none
    public EnvironmentVariables(Map<String, String> environment, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (prefix.length() < 2 || !prefix.chars().allMatch(EnvironmentVariables::plain)) {
                throw new IllegalArgumentException("an allowed prefix is at least 2 of A-Z a-z 0-9 _");
            }
        }
        this.environment = Map.copyOf(environment);
        this.prefixes = List.copyOf(prefixes);
    }

    @Override
    public @Nullable String value(VariableName name) {
        String full = name.full();
        boolean allowed = prefixes.stream().anyMatch(full::startsWith);
        String value = allowed ? environment.get(full) : null;
        return value == null || value.isEmpty() ? null : value;
    }

    private static boolean plain(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
}
