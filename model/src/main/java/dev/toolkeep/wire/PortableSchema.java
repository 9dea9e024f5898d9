package dev.toolkeep.wire;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Schemas made fit for other hands: freed of the nulls one UTCP library writes, and written so that the
/// strict readers of the others take them (they reject a whole manual for one boolean subschema). Meaning is
/// kept.
final class PortableSchema {
    /// Keywords whose members are named by the author, each value a schema.
    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");
    /// Keywords whose value is data, never a schema.
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples", "example");

    private static final Set<String> TEXTS = Set.of("$schema", "$id", "title", "description", "format", "pattern");
    private static final Set<String> NUMBERS = Set.of("minimum", "maximum", "minLength", "maxLength");
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "object", "array", "null");

    private PortableSchema() {}

    /// `schema` without the keywords that are null. `const` and `default` may be null in earnest, so theirs stay,
    /// except beside another null keyword: there a library wrote out every field it knows.
    static ObjectNode withoutNulls(JsonNode schema) {
        boolean writtenOut = schema.properties().stream()
                .anyMatch(member -> member.getValue().isNull() && !DATA.contains(member.getKey()));
        ObjectNode kept = Json.object();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            JsonNode value = member.getValue();
            boolean earnest = keyword.equals("const") || keyword.equals("default");
            if (value.isNull() && (writtenOut || !earnest)) {
                continue;
            }
            kept.set(keyword, DATA.contains(keyword) ? value : withoutNulls(keyword, value));
        }
        return kept;
    }

    private static JsonNode withoutNulls(String keyword, JsonNode value) {
        if (value.isArray()) {
            ArrayNode items = Json.array();
            value.forEach(item -> items.add(item.isObject() ? withoutNulls(item) : item));
            return items;
        }
        if (!value.isObject()) {
            return value;
        }
        if (!MAPS.contains(keyword)) {
            return withoutNulls(value);
        }
        ObjectNode map = Json.object();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!member.getValue().isNull()) {
                map.set(member.getKey(), withoutNulls("", member.getValue()));
            }
        }
        return map;
    }

    /// The schema of an object whose one member `body` is what `schema` describes.
    static ObjectNode asBody(JsonNode schema) {
        ObjectNode whole = Json.object();
        JsonNode dialect = schema.get("$schema");
        if (dialect != null && dialect.isString()) {
            whole.set("$schema", dialect);
        }
        JsonNode id = schema.get("$id");
        whole.put("type", "object");
        ObjectNode nested = portable(new Move("#/properties/body", id != null && id.isString() ? id.stringValue() : "")
                .schema(schema, true));
        if (nested.isEmpty()) {
            nested.put("type", "object");
        }
        whole.putObject("properties").set("body", nested);
        whole.putArray("required").add("body");
        whole.put("additionalProperties", false);
        return whole;
    }

    /// `schema` as the stock readers take it.
    static ObjectNode of(JsonNode schema) {
        return portable(schema);
    }

    /// Boolean subschemas become objects of the same meaning; a keyword with a value no schema allows is dropped.
    private static ObjectNode portable(JsonNode schema) {
        ObjectNode out = Json.object();
        if (schema instanceof BooleanNode bool) {
            if (!bool.booleanValue()) {
                out.putObject("not");
            }
            return out;
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            JsonNode value = member.getValue();
            switch (keyword) {
                case "properties" -> {
                    if (value.isObject()) {
                        ObjectNode properties = out.putObject(keyword);
                        value.properties().forEach(p -> properties.set(p.getKey(), portable(p.getValue())));
                    }
                }
                case "items" -> {
                    if (value.isArray()) {
                        ArrayNode items = out.putArray(keyword);
                        value.forEach(item -> items.add(portable(item)));
                    } else {
                        out.set(keyword, portable(value));
                    }
                }
                case "additionalProperties" -> out.set(keyword, value.isBoolean() ? value : portable(value));
                default -> {
                    if (acceptable(keyword, value)) {
                        out.set(keyword, value);
                    }
                }
            }
        }
        return out;
    }

    private static boolean acceptable(String keyword, JsonNode value) {
        if (TEXTS.contains(keyword)) {
            return value.isString();
        }
        if (NUMBERS.contains(keyword)) {
            return value.isNumber();
        }
        return switch (keyword) {
            case "type" -> value.isString() ? TYPES.contains(value.stringValue()) : allTexts(value);
            case "required" -> allTexts(value);
            case "enum", "examples" -> value.isArray();
            default -> true;
        };
    }

    private static boolean allTexts(JsonNode value) {
        if (!value.isArray()) {
            return false;
        }
        for (JsonNode item : value) {
            if (!item.isString()) {
                return false;
            }
        }
        return true;
    }

    /// A schema moved to another place in its document: references from its root follow it. What has an `$id`
    /// of its own is its own document and stays as it is.
    private record Move(String place, String rootId) {
        JsonNode schema(JsonNode schema, boolean root) {
            if (!schema.isObject()) {
                return schema;
            }
            JsonNode id = schema.get("$id");
            if (!root && id != null && id.isString() && !id.stringValue().startsWith("#")) {
                return schema;
            }
            ObjectNode moved = Json.object();
            for (Map.Entry<String, JsonNode> member : schema.properties()) {
                String keyword = member.getKey();
                if (root && (keyword.equals("$id") || keyword.equals("$schema"))) {
                    continue;
                }
                moved.set(keyword, value(keyword, member.getValue()));
            }
            return moved;
        }

        private JsonNode value(String keyword, JsonNode value) {
            if (DATA.contains(keyword)) {
                return value;
            }
            if (keyword.equals("$ref") && value.isString()) {
                return Json.object().stringNode(reference(value.stringValue()));
            }
            if (value.isArray()) {
                ArrayNode items = Json.array();
                value.forEach(item -> items.add(schema(item, false)));
                return items;
            }
            if (!value.isObject() || !MAPS.contains(keyword)) {
                return schema(value, false);
            }
            ObjectNode map = Json.object();
            value.properties().forEach(member -> map.set(member.getKey(), value("", member.getValue())));
            return map;
        }

        private String reference(String reference) {
            String local = reference;
            if (!rootId.isEmpty() && (reference.equals(rootId) || reference.startsWith(rootId + "#"))) {
                local = reference.equals(rootId) ? "#" : reference.substring(rootId.length());
            }
            return local.equals("#") || local.startsWith("#/") ? place + local.substring(1) : local;
        }
    }
}
