package dev.toolkeep.wire;

import dev.toolkeep.tool.ToolDefinition;
import java.util.List;

/// What a document offers: its tools in the document's order, and what had to be left out of it.
public record Manual(List<ToolDefinition> tools, List<LeftOut> leftOut) {
    public Manual {
        tools = List.copyOf(tools);
        leftOut = List.copyOf(leftOut);
    }
}
