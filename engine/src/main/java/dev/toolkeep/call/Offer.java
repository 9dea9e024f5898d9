package dev.toolkeep.call;

import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.LeftOut;
import java.util.List;

/// What a source offers now.
public sealed interface Offer {
    /// @param leftOut what the source has and cannot be offered, each with the reason
    record Tools(List<ToolDefinition> tools, List<LeftOut> leftOut) implements Offer {
        public Tools {
            tools = List.copyOf(tools);
            leftOut = List.copyOf(leftOut);
        }
    }

    /// It could not be read; what was known of it stays as it was.
    record Failed(ToolFault fault) implements Offer {}
}
