package dev.toolkeep.caller;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Callers and keys that live as long as the process: for tests, benchmarks and embedded use. Thread-safe.
public final class MemoryCallers implements Callers {
    private final Map<String, Caller> callers = new TreeMap<>();
    private final Map<String, StoredKey> keys = new TreeMap<>();

    @Override
    public synchronized List<Caller> callers() {
        return List.copyOf(callers.values());
    }

    @Override
    public synchronized void save(Caller caller) {
        callers.put(caller.id(), caller);
    }

    @Override
    public synchronized void remove(String callerId) {
        callers.remove(callerId);
        keys.values().removeIf(key -> key.caller().equals(callerId));
    }

    @Override
    public synchronized List<StoredKey> keys() {
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized void save(StoredKey key) {
        if (!callers.containsKey(key.caller())) {
            throw new IllegalStateException("there is no caller " + key.caller() + " to hold the key");
        }
        keys.put(key.id(), key);
    }
}
