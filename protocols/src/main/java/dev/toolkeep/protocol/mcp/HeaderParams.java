package dev.toolkeep.protocol.mcp;

import dev.toolkeep.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of a tool that are repeated as `Mcp-Param-*` headers, by `x-mcp-header` in its input schema (MCP
/// 2026-07-28, Streamable HTTP). Only strings, integers and booleans reached through `properties` alone may be.
public record HeaderParams(List<Param> params) {
    private static final String ANNOTATION = "x-mcp-header";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
    private static final int DEEPEST = 64;

    public HeaderParams {
        params = List.copyOf(params);
    }

    /// One argument, by the names that lead to it, and its header without `Mcp-Param-`.
    public record Param(List<String> path, String header) {
        public Param {
            path = List.copyOf(path);
        }
    }

    /// @throws Malformed when an annotation breaks the rules; such a tool must not be offered
    public static HeaderParams of(JsonNode schema) throws Malformed {
        List<Param> params = new ArrayList<>();
        collect(schema, List.of(), params);
        Set<String> seen = new HashSet<>();
        for (Param param : params) {
            if (!seen.add(param.header().toLowerCase(Locale.ROOT))) {
                throw new Malformed("two arguments claim the header Mcp-Param-" + param.header());
            }
        }
        if (count(schema, 0) != params.size()) {
            throw new Malformed("x-mcp-header stands where it cannot be honoured");
        }
        return new HeaderParams(params);
    }

    /// Adds the headers these arguments need; an argument that is absent or null has none.
    public void addTo(Map<String, String> headers, JsonNode arguments) {
        for (Param param : params) {
            JsonNode value = arguments;
            for (String step : param.path()) {
                value = value.path(step);
            }
            if (value.isString() || value.isIntegralNumber() || value.isBoolean()) {
                headers.put("Mcp-Param-" + param.header(), value(value.asString()));
            }
        }
    }

    /// `text` as a header value: as it is when it is plain, else as `=?base64?...?=`.
    public static String value(String text) {
        boolean plain = text.chars().allMatch(c -> c >= 0x20 && c <= 0x7E)
                && text.strip().length() == text.length()
                && !(text.startsWith("=?base64?") && text.endsWith("?="));
        return plain
                ? text
                : "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private static void collect(JsonNode schema, List<String> path, List<Param> params) throws Malformed {
        if (!(schema.get("properties") instanceof ObjectNode properties)) {
            return;
        }
        if (path.size() > DEEPEST) {
            throw new Malformed("the input schema is nested too deeply");
        }
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            List<String> here = new ArrayList<>(path);
            here.add(property.getKey());
            JsonNode annotation = property.getValue().get(ANNOTATION);
            if (annotation != null) {
                params.add(new Param(here, checked(annotation, property.getValue())));
            }
            collect(property.getValue(), here, params);
        }
    }

    private static String checked(JsonNode annotation, JsonNode schema) throws Malformed {
        if (!annotation.isString() || !TOKEN.matcher(annotation.stringValue()).matches()) {
            throw new Malformed("x-mcp-header must be a header name");
        }
        if (!TYPES.contains(schema.path("type").asString(""))) {
            throw new Malformed("x-mcp-header needs a string, an integer or a boolean");
        }
        return annotation.stringValue();
    }

    /// How many annotations there are anywhere in the schema, not counting property names and literal values.
    private static int count(JsonNode schema, int depth) throws Malformed {
        if (depth > 4 * DEEPEST) {
            throw new Malformed("the input schema is nested too deeply");
        }
        int found = schema.isObject() && schema.has(ANNOTATION) ? 1 : 0;
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            String key = member.getKey();
            JsonNode value = member.getValue();
            if (Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
                    .contains(key)) {
                for (JsonNode child : value) {
                    found += count(child, depth + 2);
                }
            } else if (value.isObject()
                    && !Set.of("const", "default", "example").contains(key)) {
                found += count(value, depth + 1);
            } else if (Set.of("allOf", "anyOf", "oneOf", "prefixItems", "items").contains(key)) {
                for (JsonNode child : value) {
                    found += count(child, depth + 1);
                }
            }
        }
        return found;
    }
}
