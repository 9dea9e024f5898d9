package dev.toolkeep.protocol;

import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.LeftOut;
import java.util.List;

/// What a server offers when it is asked, or why nobody can say.
public sealed interface Listed {
    /// The tools in the server's order, and every one that was left out with its reason.
    record Tools(List<ToolDefinition> tools, List<LeftOut> leftOut) implements Listed {
        public Tools {
            tools = List.copyOf(tools);
            leftOut = List.copyOf(leftOut);
        }
    }

    record Failed(ToolFault fault) implements Listed {}
}
