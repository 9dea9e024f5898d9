package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.McpKind;

/// How one kind of thing is listed: the method, the member of its result that holds the list, and the capability a
/// server that has it declares.
record Lists(McpKind kind, String method, String member, String capability) {
    static Lists of(McpKind kind) {
        return switch (kind) {
            case TOOL -> new Lists(kind, "tools/list", "tools", "tools");
            case RESOURCE -> new Lists(kind, "resources/list", "resources", "resources");
            case TEMPLATE -> new Lists(kind, "resources/templates/list", "resourceTemplates", "resources");
            case PROMPT -> new Lists(kind, "prompts/list", "prompts", "prompts");
        };
    }
}
