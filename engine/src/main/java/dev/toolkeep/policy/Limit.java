package dev.toolkeep.policy;

import dev.toolkeep.tool.ToolName;
import java.util.List;

/// One entry of `limits` as it is written; what it leaves out is the default's.
///
/// @param line where it starts in the policy's text, 1 the first
public record Limit(Who callers, List<ToolPattern> tools, Allowance allowance, int line) {
    public Limit {
        tools = List.copyOf(tools);
    }

    boolean covers(ToolName tool) {
        return ToolPattern.any(tools, tool);
    }
}
