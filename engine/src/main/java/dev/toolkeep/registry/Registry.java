package dev.toolkeep.registry;

import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.tool.ToolName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every tool as it stood when this was built. Immutable, found by full name in constant time.
public final class Registry {
    private final Map<String, Tool> byName;
    private final List<Tool> tools;
    private final List<Broken> broken;

    private Registry(Map<String, Tool> byName, List<Tool> tools, List<Broken> broken) {
        this.byName = byName;
        this.tools = tools;
        this.broken = broken;
    }

    /// A tool that could not be built and is therefore not there: its version is missing or is not what its digest says.
    public record Broken(ToolName tool, String reason) {}

    public static Registry build(Catalog catalog, SchemaCache schemas) {
        return new Registry(Map.of(), List.of(), List.of());
    }

    public @Nullable Tool find(String fullName) {
        return byName.get(fullName);
    }

    /// By name.
    public List<Tool> tools() {
        return tools;
    }

    /// By name.
    public List<Broken> broken() {
        return broken;
    }
}
