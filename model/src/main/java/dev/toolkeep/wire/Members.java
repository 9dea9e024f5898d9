package dev.toolkeep.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The members of an object, read by type. A null member counts as absent: one of the UTCP libraries writes every
/// optional field as null. Messages name the member, never its value.
final class Members {
    private Members() {}

    /// The member, or null when it is absent or null.
    static @Nullable JsonNode given(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    static String text(JsonNode object, String name) throws Malformed {
        JsonNode value = given(object, name);
        if (value == null) {
            throw new Malformed(name + " is missing");
        }
        if (!value.isString()) {
            throw new Malformed(name + " must be text");
        }
        return value.stringValue();
    }

    static String text(JsonNode object, String name, String otherwise) throws Malformed {
        return given(object, name) == null ? otherwise : text(object, name);
    }

    static ObjectNode object(JsonNode object, String name) throws Malformed {
        JsonNode value = given(object, name);
        if (value == null) {
            return Json.object();
        }
        if (value instanceof ObjectNode found) {
            return found;
        }
        throw new Malformed(name + " must be an object");
    }

    static List<String> texts(JsonNode object, String name) throws Malformed {
        JsonNode value = given(object, name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (!value.isArray()) {
            throw new Malformed(name + " must be a list of texts");
        }
        for (JsonNode item : value) {
            if (!item.isString()) {
                throw new Malformed(name + " must be a list of texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    static Map<String, String> textMap(JsonNode object, String name) throws Malformed {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object(object, name).properties()) {
            if (member.getValue().isNull()) {
                continue;
            }
            if (!member.getValue().isString()) {
                throw new Malformed(name + " must hold texts only");
            }
            texts.put(member.getKey(), member.getValue().stringValue());
        }
        return texts;
    }

    static void put(ObjectNode object, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            ObjectNode into = object.putObject(name);
            texts.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> into.put(entry.getKey(), entry.getValue()));
        }
    }

    static void put(ObjectNode object, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(object.putArray(name)::add);
        }
    }

    /// Foreign text fit to stand in a message: 60 characters of printable ASCII at most.
    static String printable(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
