package dev.toolkeep.registry;

import dev.toolkeep.tool.ToolName;
import java.util.List;

/// What one refresh of a source found, each list by name. A renamed tool is in no other list.
///
/// @param added tools it did not offer before, and ones that came back
/// @param changed tools whose definition is another than was offered before
/// @param removed tools it offers no more
/// @param renamed tools it offers no more, whose very definition it now offers under another name
/// @param unchanged tools offered exactly as before
/// @param leftOut offered tools that were refused, with the reason: names that cannot be told apart
public record DriftReport(
        List<ToolName> added,
        List<ToolName> changed,
        List<ToolName> removed,
        List<Renamed> renamed,
        List<ToolName> unchanged,
        List<Refused> leftOut) {
    public DriftReport {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        renamed = List.copyOf(renamed);
        unchanged = List.copyOf(unchanged);
        leftOut = List.copyOf(leftOut);
    }

    public record Renamed(ToolName from, ToolName to) {}

    public record Refused(ToolName tool, String reason) {}

    /// Whether the source offers exactly what it offered before.
    public boolean quiet() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && renamed.isEmpty();
    }
}
