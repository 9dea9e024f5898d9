package dev.toolkeep.admin;

import dev.toolkeep.registry.Change;
import dev.toolkeep.tool.Digest;
import java.util.List;

/// What changed between two versions of a tool.
public record ToolDiff(Digest from, Digest to, List<Change> changes) {
    public ToolDiff {
        changes = List.copyOf(changes);
    }
}
