package dev.toolkeep.admin;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.Standing.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which tools to list; null and empty mean any.
///
/// @param after the last name of the page before, or empty
/// @param limit 1 to 1000
public record ToolQuery(
        @Nullable ToolPattern match,
        String source,
        @Nullable Status status,
        boolean flagged,
        String after,
        int limit) {
    public ToolQuery {
        limit = Math.clamp(limit, 1, 1000);
    }

    boolean wants(Standing standing, Instant now) {
        return (match == null || match.matches(standing.tool().text()))
                && (source.isEmpty() || standing.tool().source().equals(source))
                && (status == null || standing.status(now) == status)
                && (!flagged || !standing.flag().isEmpty());
    }
}
