package dev.toolkeep.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The members of configuration objects, read by type. Null counts as absent; messages name the member, never a value.
final class Fields {
    private Fields() {}

    static @Nullable JsonNode given(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    static void only(JsonNode object, String what, Set<String> known) {
        if (!object.isObject()) {
            throw new BadConfig(what + " must be an object");
        }
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw new BadConfig(what + " has no member `" + printable(name) + "`; it may have " + known);
            }
        }
    }

    static String text(JsonNode object, String name, String otherwise) {
        JsonNode value = given(object, name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isString()) {
            throw new BadConfig("`" + name + "` must be text");
        }
        return value.stringValue();
    }

    static List<String> texts(JsonNode object, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(object, name)) {
            if (!item.isString()) {
                throw new BadConfig("`" + name + "` must be a list of texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    /// Null when it is absent, which for UTCP's filters means something else than empty.
    static @Nullable Set<String> textSet(JsonNode object, String name) {
        return given(object, name) == null ? null : new LinkedHashSet<>(texts(object, name));
    }

    static List<JsonNode> list(JsonNode object, String name) {
        JsonNode value = given(object, name);
        List<JsonNode> items = new ArrayList<>();
        if (value == null) {
            return items;
        }
        if (!value.isArray()) {
            throw new BadConfig("`" + name + "` must be a list");
        }
        value.forEach(items::add);
        return items;
    }

    static Map<String, JsonNode> members(JsonNode object, String name) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        JsonNode value = given(object, name);
        if (value == null) {
            return members;
        }
        if (!(value instanceof ObjectNode found)) {
            throw new BadConfig("`" + name + "` must be an object");
        }
        found.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    static int number(JsonNode object, String name, int otherwise) {
        JsonNode value = given(object, name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < 0) {
            throw new BadConfig("`" + name + "` must be a whole number, 0 or more");
        }
        return value.intValue();
    }

    static String printable(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
