package dev.toolkeep.admin;

import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.ToolName;
import org.jspecify.annotations.Nullable;

/// One tool as an operator looks at it.
///
/// @param version the offered version, or the approved one where none is offered; null when neither is on record
/// @param unsupported why it could never be called; empty when it could
/// @param diff whether the offered version is another than the approved one
public record ToolState(
        Standing standing, Standing.Status status, @Nullable ToolVersion version, String unsupported, boolean diff) {
    public ToolName name() {
        return standing.tool();
    }
}
