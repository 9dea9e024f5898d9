package dev.toolkeep.web.mcp;

import dev.toolkeep.call.Listing;
import dev.toolkeep.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the MCP door must know of a tool beside its rendering.
///
/// @param structured whether it declares an output schema
/// @param structuredObject whether that schema is one of an object, the only kind revisions to 2025-11-25 know
/// @param mirrored the arguments a modern client repeats in `Mcp-Param-*` headers
/// @param listable false when its `x-mcp-header` annotations break the rules: modern clients must drop such a tool
record ShownTool(boolean structured, boolean structuredObject, List<Mirrored> mirrored, boolean listable) {
    /// An argument repeated in the header `Mcp-Param-{name}`.
    record Mirrored(String name, List<String> path) {}

    private static final String ANNOTATION = "x-mcp-header";
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
    private static final int DEPTH = 16;

    static Map<String, ShownTool> index(Listing listing) {
        Map<String, ShownTool> index = HashMap.newHashMap(listing.tools().size());
        for (Listing.Listed listed : listing.tools()) {
            index.put(listed.name(), of(listed.definition()));
        }
        return index;
    }

    static ShownTool of(ToolDefinition tool) {
        JsonNode outputs = tool.outputs();
        boolean structured = outputs.isObject() && !outputs.isEmpty();
        boolean object = structured && "object".equals(outputs.path("type").asString(""));
        List<Mirrored> mirrored = new ArrayList<>();
        boolean clean = gather(tool.inputs(), List.of(), new HashSet<>(), mirrored);
        boolean listable = clean && count(tool.inputs(), 0) == mirrored.size();
        return new ShownTool(structured, object, listable ? List.copyOf(mirrored) : List.of(), listable);
    }

    /// Follows chains of `properties` only; an annotation anywhere else is found by [#count] and makes the tool
    /// invalid.
    private static boolean gather(JsonNode schema, List<String> path, Set<String> names, List<Mirrored> found) {
        if (path.size() > DEPTH) {
            return true;
        }
        boolean clean = true;
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            List<String> at = new ArrayList<>(path);
            at.add(property.getKey());
            JsonNode annotation = property.getValue().get(ANNOTATION);
            if (annotation != null) {
                String name = annotation.asString("");
                clean &= token(name)
                        && names.add(name.toLowerCase(Locale.ROOT))
                        && TYPES.contains(property.getValue().path("type").asString(""));
                found.add(new Mirrored(name, List.copyOf(at)));
            }
            clean &= gather(property.getValue(), at, names, found);
        }
        return clean;
    }

    private static int count(JsonNode schema, int depth) {
        if (depth > 2 * DEPTH || !schema.isContainer()) {
            return 0;
        }
        int count = schema.isObject() && schema.path(ANNOTATION).isString() ? 1 : 0;
        for (JsonNode child : schema) {
            count += count(child, depth + 1);
        }
        return count;
    }

    private static boolean token(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (Character.isLetterOrDigit(c) && c < 0x80) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }
}
