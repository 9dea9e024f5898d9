package dev.toolkeep.policy;

import java.time.Instant;
import java.util.List;

/// What a condition may look at beside caller, tool and arguments.
///
/// @param address the peer's IP address, as text
/// @param chain the callers and tools the call passed through before, outermost first
public record Circumstances(Instant time, String address, List<String> chain) {
    public Circumstances {
        chain = List.copyOf(chain);
    }
}
