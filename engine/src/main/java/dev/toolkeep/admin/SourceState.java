package dev.toolkeep.admin;

import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.tool.ToolFault;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A source, how many of its tools stand how, and how the last reading of it ended.
///
/// @param lastRead null when this process has not read it yet
public record SourceState(
        Source source,
        Map<Standing.Status, Integer> tools,
        @Nullable LastRead lastRead) {
    public SourceState {
        tools = Map.copyOf(tools);
    }

    /// @param fault null when it could be read
    public record LastRead(Instant at, @Nullable ToolFault fault) {}
}
