package dev.toolkeep.call;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import java.util.List;

/// The tools one caller may see and call now, by name. It answers the same question that calling asks.
///
/// @param tag changes whenever the list would; the same list has the same tag
/// @param offers what MCP servers offer beside tools, by name: resources, templates and prompts. They are called like
///     tools and shown by MCP's own methods
public record Listing(String tag, List<Listed> tools, List<Listed> offers) {
    public Listing {
        tools = List.copyOf(tools);
        offers = List.copyOf(offers);
    }

    /// @param name what it is called by where it is listed: its full name, or its source's own in a toolset of one
    /// source
    public record Listed(String name, ToolDefinition definition, Digest digest) {}
}
