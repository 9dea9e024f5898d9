package dev.toolkeep.policy;

import dev.toolkeep.tool.ToolName;
import java.util.List;

/// One rule as it is written.
///
/// @param tools patterns of full tool names, `*` standing for any run of characters
/// @param when the CEL condition; empty: none
/// @param line where it starts in the policy's text, 1 the first
public record Rule(String id, Effect effect, Who callers, List<ToolPattern> tools, String when, int line) {
    public Rule {
        tools = List.copyOf(tools);
    }

    boolean covers(ToolName tool) {
        return ToolPattern.any(tools, tool);
    }
}
