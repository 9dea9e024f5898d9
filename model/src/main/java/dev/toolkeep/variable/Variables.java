package dev.toolkeep.variable;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables there are, and how strictly the value of each is looked at. Immutable; cannot be printed.
public final class Variables {
    private final VariableSource source;
    private final Safety otherwise;
    private final Map<String, Safety> safety;

    /// @param otherwise for every variable not in `safety`
    /// @param safety by full name
    public Variables(VariableSource source, Safety otherwise, Map<String, Safety> safety) {
        this.source = source;
        this.otherwise = otherwise;
        this.safety = Map.copyOf(safety);
    }

    public static Variables of(VariableSource source) {
        return new Variables(source, Safety.OFF, Map.of());
    }

    public static Variables none() {
        return of(VariableSource.none());
    }

    /// The value, or null when there is none.
    ///
    /// @throws UnsetVariable when there is one that is not safe
    public @Nullable String find(VariableName name) throws UnsetVariable {
        String value = name.full().isEmpty() ? null : source.value(name);
        if (value == null) {
            return null;
        }
        Safety asked = safety.getOrDefault(name.full(), otherwise);
        if (!asked.accepts(value)) {
            throw UnsetVariable.unsafe(name, asked);
        }
        return value;
    }

    /// The value.
    ///
    /// @throws UnsetVariable when there is none, or one that is not safe
    public String require(VariableName name) throws UnsetVariable {
        String value = find(name);
        if (value == null) {
            throw UnsetVariable.missing(name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "<variables>";
    }
}
