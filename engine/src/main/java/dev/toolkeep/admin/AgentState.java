package dev.toolkeep.admin;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.StoredKey;
import java.util.List;

/// A caller and what is kept of its keys.
public record AgentState(Caller caller, List<StoredKey> keys) {
    public AgentState {
        keys = List.copyOf(keys);
    }
}
