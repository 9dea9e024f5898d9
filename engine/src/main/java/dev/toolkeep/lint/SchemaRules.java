package dev.toolkeep.lint;

import dev.toolkeep.schema.CompiledSchema;
import dev.toolkeep.schema.LinearPattern;
import dev.toolkeep.wire.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a tool says of its arguments and answers.
final class SchemaRules {
    private static final Set<String> SHORT_FORMATS =
            Set.of("date", "time", "date-time", "duration", "uuid", "ipv4", "ipv6");

    private final Report report;

    SchemaRules(Report report) {
        this.report = report;
    }

    void tool(JsonNode tool, String place) {
        String member = given(tool, "inputs") || !given(tool, "parameters") ? "inputs" : "parameters";
        JsonNode inputs = tool.get(member);
        String inner = Tree.at(place, member);
        if (inputs == null || inputs.isNull()) {
            report.add(Rule.MISSING_SCHEMA, place, "it has no inputs");
        } else {
            inputs(inputs, inner);
        }
        JsonNode outputs = tool.get("outputs");
        if (outputs != null && !outputs.isNull()) {
            compile(outputs, Tree.at(place, "outputs"));
        }
    }

    private static boolean given(JsonNode tool, String member) {
        JsonNode value = tool.get(member);
        return value != null && !value.isNull();
    }

    private void inputs(JsonNode inputs, String place) {
        if (compile(inputs, place)) {
            report.add(Rule.MISSING_SCHEMA, place, "its inputs let every value through");
            return;
        }
        Tally open = new Tally();
        Tally unbounded = new Tally();
        loose(inputs, place, open, unbounded);
        add(Rule.OPEN_SCHEMA, open, "what it does not describe is let through");
        add(Rule.UNBOUNDED_INPUT, unbounded, "texts or lists have no bound");
    }

    private void add(Rule rule, Tally tally, String words) {
        if (tally.count > 0) {
            report.add(rule, tally.first, words + ", in " + (tally.count == 1 ? "1 place" : tally.count + " places"));
        }
    }

    /// How many places, and the first of them.
    private static final class Tally {
        private int count;
        private String first = "";

        void add(String place) {
            first = count == 0 ? place : first;
            count++;
        }
    }

    /// Judges patterns and compiles; whether the schema says nothing.
    private boolean compile(JsonNode schema, String place) {
        if (patterns(schema, place)) {
            return false;
        }
        try {
            return CompiledSchema.compile(schema).unconstrained();
        } catch (Malformed e) {
            report.add(Rule.BAD_SCHEMA, place, e.getMessage());
            return false;
        }
    }

    /// Whether a pattern of `schema` cannot run in linear time.
    private boolean patterns(JsonNode schema, String place) {
        Tally bad = new Tally();
        Tree.walk(schema, place, spot -> {
            if (spot.name().equals("pattern") && spot.value().isString()) {
                slow(spot.text(), spot.place(), bad);
            } else if (spot.name().equals("patternProperties") && !spot.item()) {
                for (String pattern : spot.value().propertyNames()) {
                    slow(pattern, Tree.at(spot.place(), pattern), bad);
                }
            }
        });
        return bad.count > 0;
    }

    private void slow(String pattern, String place, Tally bad) {
        try {
            LinearPattern.compile(pattern);
        } catch (Malformed e) {
            report.add(Rule.SLOW_PATTERN, place, e.getMessage());
            bad.add(place);
        }
    }

    private void loose(JsonNode schema, String place, Tally open, Tally unbounded) {
        if (schema.isBoolean() ? schema.booleanValue() : schema.isObject() && schema.isEmpty()) {
            open.add(place);
            return;
        }
        JsonNode properties = schema.get("properties");
        if (properties != null && !closed(schema)) {
            open.add(place);
        }
        if (unbounded(schema)) {
            unbounded.add(place);
        }
        if (properties != null) {
            within(properties, Tree.at(place, "properties"), open, unbounded);
        }
        for (String list : List.of("allOf", "anyOf", "oneOf", "prefixItems")) {
            JsonNode schemas = schema.get(list);
            if (schemas != null) {
                within(schemas, Tree.at(place, list), open, unbounded);
            }
        }
        JsonNode items = schema.get("items");
        if (items != null && items.isObject()) {
            loose(items, Tree.at(place, "items"), open, unbounded);
        }
    }

    private void within(JsonNode schemas, String place, Tally open, Tally unbounded) {
        for (Map.Entry<String, JsonNode> named : schemas.properties()) {
            loose(named.getValue(), Tree.at(place, named.getKey()), open, unbounded);
        }
        for (int i = 0; schemas.isArray() && i < schemas.size(); i++) {
            loose(schemas.get(i), Tree.at(place, i), open, unbounded);
        }
    }

    private static boolean closed(JsonNode schema) {
        for (String member : List.of("additionalProperties", "unevaluatedProperties")) {
            JsonNode value = schema.get(member);
            if (value != null && (value.isObject() ? !value.isEmpty() : value.isBoolean() && !value.booleanValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean unbounded(JsonNode schema) {
        boolean fixed = schema.has("enum") || schema.has("const");
        boolean shortText =
                schema.has("maxLength") || schema.has("pattern") || SHORT_FORMATS.contains(Tree.text(schema, "format"));
        return (is(schema, "string") && !fixed && !shortText)
                || (is(schema, "array") && !fixed && !schema.has("maxItems"));
    }

    private static boolean is(JsonNode schema, String type) {
        JsonNode given = schema.get("type");
        if (given == null) {
            return false;
        }
        for (JsonNode one : given) {
            if (one.isString() && one.stringValue().equals(type)) {
                return true;
            }
        }
        return given.isString() && given.stringValue().equals(type);
    }
}
