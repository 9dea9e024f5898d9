package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.LeftOut;
import java.util.List;

/// What an MCP server offers, or why nobody can say.
public sealed interface McpListed {
    /// The tools in the server's order, and every one that was left out with its reason.
    record Listed(List<ToolDefinition> tools, List<LeftOut> leftOut) implements McpListed {
        public Listed {
            tools = List.copyOf(tools);
            leftOut = List.copyOf(leftOut);
        }
    }

    record Failed(ToolFault fault) implements McpListed {}
}
