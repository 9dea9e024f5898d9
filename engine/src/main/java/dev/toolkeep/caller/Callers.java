package dev.toolkeep.caller;

import java.util.List;

/// Where callers and their keys are kept. Every method is atomic; a save replaces what had the same id. Removing a
/// caller removes its keys. Times are kept to the millisecond.
public interface Callers {
    /// By id.
    List<Caller> callers();

    /// Leaves the caller's keys as they are.
    void save(Caller caller);

    void remove(String callerId);

    /// By id.
    List<StoredKey> keys();

    /// @throws IllegalStateException when its caller is not kept: somebody removed it meanwhile
    void save(StoredKey key);
}
