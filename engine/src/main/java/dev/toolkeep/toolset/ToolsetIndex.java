package dev.toolkeep.toolset;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every toolset, compiled, by name: immutable, part of the snapshot.
public final class ToolsetIndex {
    private final Map<String, Chosen> byName;

    private ToolsetIndex(Map<String, Chosen> byName) {
        this.byName = Map.copyOf(byName);
    }

    public static ToolsetIndex of(List<Toolset> toolsets) {
        Map<String, Chosen> byName = new HashMap<>();
        toolsets.forEach(toolset -> byName.put(toolset.name(), new Chosen(toolset)));
        return new ToolsetIndex(byName);
    }

    public @Nullable Chosen find(String name) {
        return byName.get(name);
    }

    /// In no order.
    public Collection<Chosen> all() {
        return byName.values();
    }
}
