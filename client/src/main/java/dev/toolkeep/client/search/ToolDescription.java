package dev.toolkeep.client.search;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A tool as a program, or a model, is told of it.
///
/// @param name `manual.tool`, as a call wants it
/// @param inputs JSON Schema of the arguments; must not be modified
/// @param outputs JSON Schema of the result, an empty object where nothing is said; must not be modified
/// @param protocol UTCP's `call_template_type`
/// @param digest names exactly this definition
public record ToolDescription(
        String name,
        String description,
        JsonNode inputs,
        JsonNode outputs,
        List<String> tags,
        String protocol,
        Digest digest) {
    public ToolDescription {
        tags = List.copyOf(tags);
    }

    public static ToolDescription of(ToolDefinition definition, Digest digest) {
        return new ToolDescription(
                definition.name().text(),
                definition.description(),
                definition.inputs(),
                definition.outputs(),
                definition.tags(),
                definition.template().type(),
                digest);
    }
}
