package dev.toolkeep.registry;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Definitions;

/// A definition without its name, so that a renamed tool can be known again. The name an MCP server calls it by goes
/// too, where it is the same name.
final class Nameless {
    private static final String NONE = "_";

    private Nameless() {}

    static Digest digest(ToolDefinition definition) {
        return Definitions.digest(new ToolDefinition(
                new ToolName(definition.name().source(), NONE),
                definition.title(),
                definition.description(),
                definition.inputs(),
                definition.outputs(),
                definition.annotations(),
                definition.tags(),
                template(definition),
                definition.hosts(),
                definition.label()));
    }

    private static CallTemplate template(ToolDefinition definition) {
        return definition.template() instanceof CallTemplate.Mcp mcp
                        && ToolName.clean(mcp.tool()).equals(definition.name().name())
                ? new CallTemplate.Mcp(mcp.server(), mcp.kind(), NONE)
                : definition.template();
    }
}
