package dev.toolkeep.wire;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tool definitions as JSON, without loss, and the digest that names a version.
public final class Definitions {
    private Definitions() {}

    public static ObjectNode toJson(ToolDefinition definition) {
        ObjectNode json = behaviour(definition);
        if (definition.label() != null) {
            json.put("label", definition.label());
        }
        return json;
    }

    /// @throws Malformed when `json` is not what [#toJson] writes
    public static ToolDefinition fromJson(ObjectNode json) throws Malformed {
        return new ToolDefinition(
                name(Members.text(json, "name")),
                Members.text(json, "title"),
                Members.text(json, "description"),
                present(json, "inputs"),
                present(json, "outputs"),
                present(json, "annotations"),
                Members.texts(json, "tags"),
                Templates.fromJson(present(json, "tool_call_template")),
                new TreeSet<>(Members.texts(json, "hosts")),
                label(json));
    }

    /// The digest of everything that can change what the tool does or what a model is told of it: all fields
    /// but `label`. The label is a name the publisher gives a version; the same behaviour under two labels is
    /// one version, and a new label over unchanged behaviour needs no new approval.
    ///
    /// The canonical form rounds numbers to doubles, so a number that no double holds exactly (a 64-bit id in a
    /// `const`) is added with all its digits as a member `exact`, by its JSON pointer: no two definitions that
    /// differ share a digest.
    public static Digest digest(ToolDefinition definition) {
        ObjectNode json = behaviour(definition);
        ObjectNode exact = Json.object();
        collectInexact(json, "", exact);
        if (!exact.isEmpty()) {
            json.set("exact", exact);
        }
        return Digest.of(CanonicalJson.bytes(json));
    }

    private static ObjectNode behaviour(ToolDefinition definition) {
        ObjectNode json = Json.object();
        json.put("name", definition.name().text());
        json.put("title", definition.title());
        json.put("description", definition.description());
        json.set("inputs", definition.inputs());
        json.set("outputs", definition.outputs());
        json.set("annotations", definition.annotations());
        definition.tags().forEach(json.putArray("tags")::add);
        json.set("tool_call_template", Templates.toJson(definition.template()));
        definition.hosts().forEach(json.putArray("hosts")::add);
        return json;
    }

    private static void collectInexact(JsonNode node, String pointer, ObjectNode exact) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String name = member.getKey().replace("~", "~0").replace("/", "~1");
                collectInexact(member.getValue(), pointer + "/" + name, exact);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectInexact(node.get(i), pointer + "/" + i, exact);
            }
        } else if (node.isNumber() && !node.isInt()) {
            BigDecimal value = node.decimalValue();
            if (new BigDecimal(CanonicalJson.number(value.doubleValue())).compareTo(value) != 0) {
                exact.put(pointer, value.stripTrailingZeros().toString());
            }
        }
    }

    private static ToolName name(String text) throws Malformed {
        try {
            return ToolName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed(e.getMessage() == null ? "not a tool name" : e.getMessage());
        }
    }

    private static JsonNode present(ObjectNode json, String name) throws Malformed {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new Malformed(name + " is missing");
        }
        return value;
    }

    private static @Nullable String label(ObjectNode json) throws Malformed {
        return Members.given(json, "label") == null ? null : Members.text(json, "label");
    }
}
