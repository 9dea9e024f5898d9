package dev.toolkeep.client.repository;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers as long as it lives.
final class MemoryRepository implements ToolRepository {
    private final Map<String, Map<String, String>> pins = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> pins(String manual) {
        return pins.getOrDefault(manual, Map.of());
    }

    @Override
    public void save(String manual, Map<String, String> kept) {
        pins.put(manual, Map.copyOf(kept));
    }
}
