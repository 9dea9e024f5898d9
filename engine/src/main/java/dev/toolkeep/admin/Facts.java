package dev.toolkeep.admin;

import dev.toolkeep.registry.Standing;
import java.time.Instant;
import java.util.Map;

/// What this Toolkeep is and holds, in numbers.
///
/// @param revision the snapshot's, counted from the start of the process
/// @param policyRevision 0: no policy was ever saved
public record Facts(
        String version,
        Instant started,
        long revision,
        int sources,
        Map<Standing.Status, Integer> tools,
        int callers,
        int secrets,
        long policyRevision) {
    public Facts {
        tools = Map.copyOf(tools);
    }
}
