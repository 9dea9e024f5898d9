package dev.toolkeep.wire;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of one operation as JSON Schema 2020-12 that stands on its own: what they refer to is written
/// out where it is small and refers to nothing, and else carried along once in [#defs], so cycles stay cycles.
///
/// OpenAPI 3.0's own dialect (`nullable`, boolean `exclusiveMinimum`, `example`) is put into the standard's words;
/// what only documents (`discriminator`, `xml`, `x-…`) is dropped.
final class ApiSchemas {
    private static final Set<String> MAPS = Set.of("properties", "patternProperties", "dependentSchemas");
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples", "required", "type");
    private static final Set<String> DROPPED = Set.of(
            "$schema",
            "$anchor",
            "$defs",
            "$comment",
            "definitions",
            "discriminator",
            "xml",
            "externalDocs",
            "nullable");
    private static final Set<String> REFUSED = Set.of("$id", "$dynamicRef", "$dynamicAnchor", "$recursiveRef");

    private final ApiDocument document;
    private final boolean request;
    private final int most;
    private final ObjectNode defs = Json.object();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final ArrayDeque<String> pending = new ArrayDeque<>();
    private int parts;

    /// @param request whether values of these schemas are sent (then `readOnly` members are not required) or received
    ///     (`writeOnly` likewise)
    /// @param most how many objects and lists they may consist of altogether
    ApiSchemas(ApiDocument document, boolean request, int most) {
        this.document = document;
        this.request = request;
        this.most = most;
    }

    /// The schema a parameter, body or answer has; a reference at its root is written out.
    JsonNode read(JsonNode schema) throws Malformed {
        return converted(document.resolve(schema));
    }

    /// What [#read] referred to, by name. Call it after the last [#read].
    ObjectNode defs() throws Malformed {
        for (String reference = pending.poll(); reference != null; reference = pending.poll()) {
            String name = names.get(reference);
            if (name != null) {
                defs.set(name, converted(document.target(reference)));
            }
        }
        document.keep(parts);
        return defs;
    }

    /// Whether they had to be given up for their size.
    boolean tooLarge() {
        return parts > most;
    }

    private JsonNode converted(JsonNode schema) throws Malformed {
        spend();
        if (schema.isBoolean()) {
            return schema;
        }
        if (!schema.isObject()) {
            throw new Malformed("a schema must be an object");
        }
        JsonNode reference = schema.get("$ref");
        if (reference != null && reference.isString()) {
            return referred(schema, reference.stringValue());
        }
        ObjectNode out = Json.object();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            if (REFUSED.contains(keyword)) {
                throw new Malformed("a schema uses " + keyword + ", which is not supported");
            }
            if (!DROPPED.contains(keyword)
                    && !keyword.startsWith("x-")
                    && !member.getValue().isNull()) {
                out.set(keyword, value(keyword, member.getValue()));
            }
        }
        restate(schema, out);
        return schema.path("nullable").asBoolean(false) ? nullable(out) : out;
    }

    private JsonNode referred(JsonNode schema, String reference) throws Malformed {
        JsonNode target = document.target(reference);
        JsonNode found = document.small(reference, target)
                ? converted(target)
                : Json.object().put("$ref", "#/$defs/" + name(reference));
        ObjectNode beside = Json.object();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String keyword = member.getKey();
            boolean counts = !document.version30() || keyword.equals("description");
            if (counts && !keyword.equals("$ref") && !DROPPED.contains(keyword) && !keyword.startsWith("x-")) {
                beside.set(keyword, value(keyword, member.getValue()));
            }
        }
        if (beside.isEmpty()) {
            return found;
        }
        if (found instanceof ObjectNode inlined
                && !inlined.has("$ref")
                && beside.size() == 1
                && beside.has("description")) {
            return inlined.set("description", beside.get("description"));
        }
        beside.putArray("allOf").add(found);
        return beside;
    }

    private String name(String reference) {
        String known = names.get(reference);
        if (known != null) {
            return known;
        }
        String last = reference.substring(reference.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]+", "_");
        String name = last;
        for (int i = 2; !taken.add(name); i++) {
            name = last + "_" + i;
        }
        names.put(reference, name);
        pending.add(reference);
        return name;
    }

    private JsonNode value(String keyword, JsonNode value) throws Malformed {
        if (DATA.contains(keyword) || keyword.equals("example")) {
            return value.deepCopy();
        }
        if (MAPS.contains(keyword)) {
            if (!value.isObject()) {
                throw new Malformed(keyword + " of a schema must be an object");
            }
            ObjectNode map = Json.object();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                map.set(member.getKey(), converted(member.getValue()));
            }
            return map;
        }
        if (value.isObject()) {
            return converted(value);
        }
        if (!value.isArray()) {
            return value;
        }
        ArrayNode list = Json.array();
        for (JsonNode item : value) {
            list.add(item.isObject() ? converted(item) : item);
        }
        return list;
    }

    private void restate(JsonNode schema, ObjectNode out) {
        restateBound(out, "exclusiveMinimum", "minimum");
        restateBound(out, "exclusiveMaximum", "maximum");
        JsonNode example = out.remove("example");
        if (example != null && !out.has("examples")) {
            out.putArray("examples").add(example);
        }
        if (!out.path("examples").isArray()) {
            out.remove("examples");
        }
        dropUnsendable(schema, out);
    }

    /// 3.0 says `minimum: 5, exclusiveMinimum: true` for more than five.
    private static void restateBound(ObjectNode out, String exclusive, String inclusive) {
        JsonNode flag = out.get(exclusive);
        if (flag == null || !flag.isBoolean()) {
            return;
        }
        out.remove(exclusive);
        JsonNode bound = out.get(inclusive);
        if (flag.booleanValue() && bound != null) {
            out.remove(inclusive);
            out.set(exclusive, bound);
        }
    }

    /// A required member that may not be sent in this direction is not required in it.
    private void dropUnsendable(JsonNode schema, ObjectNode out) {
        if (!(out.get("required") instanceof ArrayNode required)) {
            out.remove("required");
            return;
        }
        String mark = request ? "readOnly" : "writeOnly";
        Set<String> unsendable = new HashSet<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            if (property.getValue().path(mark).asBoolean(false)) {
                unsendable.add(property.getKey());
            }
        }
        ArrayNode kept = Json.array();
        for (JsonNode name : required) {
            if (!name.isString() || !unsendable.contains(name.stringValue())) {
                kept.add(name);
            }
        }
        out.set("required", kept);
    }

    private static JsonNode nullable(ObjectNode out) {
        JsonNode type = out.get("type");
        if (type != null && type.isString() && !out.has("enum")) {
            out.putArray("type").add(type).add("null");
            return out;
        }
        ObjectNode either = Json.object();
        either.putArray("anyOf").add(out).add(Json.object().put("type", "null"));
        return either;
    }

    private void spend() throws Malformed {
        document.read();
        if (++parts > most) {
            throw new Malformed("its schemas consist of more than " + most + " parts");
        }
    }
}
