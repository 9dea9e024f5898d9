package dev.toolkeep.tool;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One immutable definition of a tool: everything that can change what it does or what a model is told of it.
///
/// `inputs` and `outputs` are JSON Schemas (an empty object where the source gave none), `annotations` is what an MCP
/// server says of the tool (untrusted; an empty object where there is none), `hosts` are the `host:port` the template
/// may reach, `label` is the source's own version label (semver where it has one; null where it has none). Callers
/// must not modify the JSON trees they pass or are given.
public record ToolDefinition(
        ToolName name,
        String title,
        String description,
        JsonNode inputs,
        JsonNode outputs,
        JsonNode annotations,
        List<String> tags,
        CallTemplate template,
        SortedSet<String> hosts,
        @Nullable String label) {
    public ToolDefinition {
        tags = List.copyOf(tags);
        hosts = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(hosts));
    }

    /// Whether it is shown among tools; what an MCP server offers beside them is not.
    public boolean isTool() {
        return !(template instanceof CallTemplate.Mcp mcp) || mcp.kind() == McpKind.TOOL;
    }
}
