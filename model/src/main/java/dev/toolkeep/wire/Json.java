package dev.toolkeep.wire;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON trees made and written. Reading is [StrictJson]'s alone.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static tools.jackson.databind.node.ArrayNode array() {
        return NODES.arrayNode();
    }

    public static JsonNode string(String text) {
        return NODES.stringNode(text);
    }

    /// Compact UTF-8, members in their order.
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /// Compact text, members in their order.
    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /// Indented text, for people.
    public static String pretty(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
}
