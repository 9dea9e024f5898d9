package dev.toolkeep.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a tool answered, before or after screening. Trees are shared and must not be modified.
public sealed interface Answer {
    /// A JSON value; `bytes` are the bytes it was parsed from, in UTF-8, so that they can be passed on unchanged.
    record Json(JsonNode value, byte[] bytes) implements Answer {}

    /// Text that is not JSON.
    record Text(String text) implements Answer {}

    /// Anything else, with its media type.
    record Bytes(String mediaType, byte[] bytes) implements Answer {}

    /// An MCP tool result: its content blocks, its structured content where it has one, and whether the tool says it
    /// failed.
    record Blocks(ArrayNode content, @Nullable JsonNode structured, boolean failed) implements Answer {}

    /// The tool asks before it goes on (MCP 2026-07-28, multi round-trip requests): only for a caller that takes this.
    ///
    /// @param requests each with `method` and `params`, by key
    /// @param state what the tool wants back along with the answers; empty for nothing
    record Asks(ObjectNode requests, String state) implements Answer {}
}
