package dev.toolkeep.vault;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which `${NAME}` variables tools need before they can be called. Nothing is looked up and nothing is reached: it is
/// what their templates say.
public final class RequiredVariables {
    private RequiredVariables() {}

    /// The names between `${` and `}`, without those that Toolkeep fills in itself.
    public static SortedSet<String> of(CallTemplate template) {
        return new TreeSet<>(Needs.of(template).names());
    }

    public static SortedSet<String> of(Collection<ToolDefinition> tools) {
        SortedSet<String> names = new TreeSet<>();
        tools.forEach(tool -> names.addAll(of(tool.template())));
        return names;
    }
}
