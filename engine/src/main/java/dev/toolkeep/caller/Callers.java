package dev.toolkeep.caller;

import java.util.List;

/// Where callers and their keys are kept. Every method is atomic; a save replaces what had the same id. Removing a
/// caller removes its keys.
public interface Callers {
    List<Caller> callers();

    void save(Caller caller);

    void remove(String callerId);

    List<StoredKey> keys();

    void save(StoredKey key);
}
