package dev.toolkeep.call;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import java.util.List;

/// The tools one caller may see and call now, by name. It answers the same question that calling asks.
///
/// @param tag changes whenever the list would; the same list has the same tag
public record Listing(String tag, List<Listed> tools) {
    public Listing {
        tools = List.copyOf(tools);
    }

    public record Listed(ToolDefinition definition, Digest digest) {}
}
