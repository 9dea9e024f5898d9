package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Puts the opened secrets of one call in the place of their placeholders.
public final class Fill {
    private final Secrets secrets;
    private final String requestId;
    private @Nullable String missing;

    public Fill(Dispatch dispatch) {
        this.secrets = dispatch.secrets();
        this.requestId = dispatch.requestId();
    }

    /// `text` with every `${NAME}` replaced.
    public String text(String text) throws Unsendable {
        String filled = Placeholders.fill(text, this::value);
        String name = missing;
        if (name != null) {
            throw new Unsendable(Kind.MISSING_SECRET, "the secret ${" + name + "} was not granted to this tool");
        }
        return filled;
    }

    /// `value` with the placeholders in its texts replaced: a secret stays inside its text whatever it holds.
    public JsonNode tree(JsonNode value) throws Unsendable {
        if (value.isString()) {
            return StringNode.valueOf(text(value.stringValue()));
        }
        if (value.isObject()) {
            ObjectNode filled = Json.object();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                filled.set(member.getKey(), tree(member.getValue()));
            }
            return filled;
        }
        if (value.isArray()) {
            ArrayNode filled = Json.array();
            for (JsonNode item : value) {
                filled.add(tree(item));
            }
            return filled;
        }
        return value;
    }

    private String value(String name) {
        if (name.equals(Placeholders.REQUEST_ID)) {
            return requestId;
        }
        String value = secrets.value(name);
        if (value == null) {
            missing = missing == null ? name : missing;
            return "";
        }
        return value;
    }
}
