package dev.toolkeep.variable;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somewhere values of variables are kept: settings, a dotenv file, the environment, a vault. Asked by the
/// [full name][VariableName] of a variable. Implementations are thread-safe, never block for long, and tell nobody
/// which names they hold.
@FunctionalInterface
public interface VariableSource {
    /// The value, or null when this source has none or must not give it.
    @Nullable
    String value(VariableName name);

    /// Values given in settings, by full name. A value that is there counts, even an empty one.
    static VariableSource of(Map<String, String> values) {
        Map<String, String> kept = Map.copyOf(values);
        return name -> kept.get(name.full());
    }

    /// The first of `sources` that has the value.
    static VariableSource inOrder(List<VariableSource> sources) {
        List<VariableSource> asked = List.copyOf(sources);
        return name -> {
            for (VariableSource source : asked) {
                String value = source.value(name);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }

    static VariableSource none() {
        return name -> null;
    }
}
