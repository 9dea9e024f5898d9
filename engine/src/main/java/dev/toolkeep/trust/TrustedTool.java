package dev.toolkeep.trust;

import dev.toolkeep.registry.Tool;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;

/// A tool that is, at this moment, exactly what a person approved. Only [Trust] makes one; nothing is decided about a
/// call without it.
public final class TrustedTool {
    private final Tool tool;

    TrustedTool(Tool tool) {
        this.tool = tool;
    }

    public Tool tool() {
        return tool;
    }

    public ToolDefinition definition() {
        return tool.definition();
    }

    public Digest digest() {
        return tool.digest();
    }
}
