package dev.toolkeep.client;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.wire.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a tool answered, screened and post-processed.
///
/// @param json the JSON value; text is a JSON string, other bytes are a binary node. Of an MCP result it is the
///     structured content, else the text of its only block, else the list of blocks. Must not be modified
/// @param mediaType `application/json`, `text/plain`, or what the tool said of other bytes
public record ToolResult(JsonNode json, String mediaType) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static ToolResult of(Answer answer) {
        return switch (answer) {
            case Answer.Json(JsonNode value, var bytes) -> new ToolResult(value, "application/json");
            case Answer.Text(String text) -> new ToolResult(JsonNodeFactory.instance.stringNode(text), "text/plain");
            case Answer.Bytes(String mediaType, byte[] bytes) ->
                new ToolResult(JsonNodeFactory.instance.binaryNode(bytes), mediaType);
            case Answer.Blocks blocks -> new ToolResult(unwrapped(blocks), "application/json");
            case Answer.Asks asks -> new ToolResult(asks.requests(), "application/json");
        };
    }

    ToolResult with(JsonNode value) {
        return new ToolResult(value, mediaType);
    }

    /// The text of a string, the JSON text of anything else.
    public String text() {
        return json.isString() ? json.stringValue() : Json.text(json);
    }

    /// The bytes of a binary answer, else the UTF-8 bytes of [#text].
    public byte[] bytes() {
        return json.isBinary() ? json.binaryValue() : text().getBytes(StandardCharsets.UTF_8);
    }

    /// The value as a record, a bean, a `Map`, …, as Jackson reads one.
    ///
    /// @throws IllegalArgumentException when it does not fit; the message names the place, never a value
    public <T> T as(Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the answer is no " + type.getSimpleName(), e);
        }
    }

    private static JsonNode unwrapped(Answer.Blocks blocks) {
        JsonNode structured = blocks.structured();
        if (structured != null) {
            return structured;
        }
        JsonNode only = blocks.content().size() == 1 ? blocks.content().get(0) : null;
        JsonNode text = only == null ? null : only.get("text");
        return text != null && text.isString() ? text : blocks.content();
    }
}
