package dev.toolkeep.toolset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Toolsets that live as long as the process: for tests, benchmarks and embedded use. Thread-safe.
public final class MemoryToolsets implements Toolsets {
    private final Map<String, Toolset> toolsets = new TreeMap<>();

    @Override
    public synchronized List<Toolset> all() {
        return List.copyOf(toolsets.values());
    }

    @Override
    public synchronized void save(Toolset toolset) {
        toolsets.put(toolset.name(), toolset);
    }

    @Override
    public synchronized void remove(String name) {
        toolsets.remove(name);
    }
}
