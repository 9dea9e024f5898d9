package dev.toolkeep.schema;

import dev.toolkeep.wire.Malformed;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What must hold before a schema is compiled: its size, its dialect, the kind of every keyword's value, patterns
/// that run in linear time, references that stay inside it. Follows every reference. Used once.
final class SchemaRules {
    private static final int MAX_NODES = 20_000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_PATTERNS = 500;
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "integer", "string");

    private final Dialect dialect;
    private final References references = new References();
    private final Map<String, LinearPattern> patterns = new HashMap<>();
    private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private SchemaRules(Dialect dialect) {
        this.dialect = dialect;
    }

    /// What is known of a schema that keeps the rules.
    record Checked(Dialect dialect, Map<String, LinearPattern> patterns) {
        Checked {
            patterns = Map.copyOf(patterns);
        }
    }

    static Checked check(JsonNode schema) throws Malformed {
        measure(schema, 0, new int[1]);
        SchemaRules rules = new SchemaRules(Dialect.of(schema));
        rules.references.root(schema);
        rules.schema(schema, "", "/");
        var open = rules.references.drain();
        while (!open.isEmpty()) {
            for (References.Reference reference : open) {
                References.Target target = rules.references.target(reference);
                rules.schema(target.schema(), target.base(), reference.place());
            }
            open = rules.references.drain();
        }
        return new Checked(rules.dialect, rules.patterns);
    }

    private static void measure(JsonNode node, int depth, int[] nodes) throws Malformed {
        nodes[0]++;
        if (nodes[0] > MAX_NODES) {
            throw new Malformed("it has more than " + MAX_NODES + " parts");
        }
        if (depth > MAX_DEPTH) {
            throw new Malformed("it is nested more than " + MAX_DEPTH + " deep");
        }
        for (JsonNode child : node) {
            measure(child, depth + 1, nodes);
        }
    }

    private void schema(JsonNode schema, String outerBase, String place) throws Malformed {
        if (schema.isBoolean() && dialect != Dialect.DRAFT_4) {
            return;
        }
        if (!schema.isObject()) {
            throw new Malformed("at " + place + " there must be a schema");
        }
        if (!seen.add(schema)) {
            return;
        }
        if (schema.has("$schema") && Dialect.of(schema) != dialect) {
            throw new Malformed("at " + place + " it changes its dialect");
        }
        String base = outerBase;
        JsonNode id = schema.get(dialect.idKeyword());
        if (id != null) {
            base = references.resource(outerBase, text(id, place), schema, place);
        }
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            Keyword keyword = Keyword.byName().get(entry.getKey());
            if (keyword != null) {
                keyword(keyword, schema, entry.getValue(), base, at(place, entry.getKey()));
            }
        }
    }

    private void keyword(Keyword keyword, JsonNode schema, JsonNode value, String base, String place) throws Malformed {
        switch (keyword) {
            case SCHEMA -> schema(value, base, place);
            case SCHEMA_OR_BOOLEAN -> {
                if (!value.isBoolean()) {
                    schema(value, base, place);
                }
            }
            case SCHEMA_OR_SCHEMAS -> itemSchemas(value, base, place);
            case SCHEMAS -> schemas(value, base, place);
            case NAMED_SCHEMAS -> named(value, base, place);
            case PATTERN_SCHEMAS -> {
                for (String name : value.propertyNames()) {
                    pattern(name, place);
                }
                named(value, base, place);
            }
            case NAMED_SCHEMAS_OR_NAMES -> {
                for (Map.Entry<String, JsonNode> entry : members(value, place)) {
                    String inner = at(place, entry.getKey());
                    if (entry.getValue().isArray()) {
                        names(entry.getValue(), inner);
                    } else {
                        schema(entry.getValue(), base, inner);
                    }
                }
            }
            case NAMED_NAMES -> {
                for (Map.Entry<String, JsonNode> entry : members(value, place)) {
                    names(entry.getValue(), at(place, entry.getKey()));
                }
            }
            case NAMES -> names(value, place);
            case COUNT -> need(whole(value), place, "a whole number, not negative");
            case NUMBER -> need(value.isNumber(), place, "a number");
            case POSITIVE -> need(value.isNumber() && value.decimalValue().signum() > 0, place, "a number above zero");
            case BOUND -> bound(value, place);
            case BOOLEAN -> need(value.isBoolean(), place, "true or false");
            case TYPE -> type(value, place);
            case VALUES -> need(value.isArray(), place, "a list of values");
            case PATTERN -> pattern(text(value, place), place);
            case REFERENCE -> references.add(base, text(value, place), place);
            case ANCHOR -> references.anchor(base, text(value, place), schema);
        }
    }

    private void itemSchemas(JsonNode value, String base, String place) throws Malformed {
        if (!value.isArray()) {
            schema(value, base, place);
            return;
        }
        need(dialect.itemsMayBeList(), place, "one schema; a list of them is prefixItems since 2020-12");
        schemas(value, base, place);
    }

    private void schemas(JsonNode value, String base, String place) throws Malformed {
        need(value.isArray(), place, "a list of schemas");
        int index = 0;
        for (JsonNode schema : value) {
            schema(schema, base, at(place, Integer.toString(index)));
            index++;
        }
    }

    private void named(JsonNode value, String base, String place) throws Malformed {
        for (Map.Entry<String, JsonNode> entry : members(value, place)) {
            schema(entry.getValue(), base, at(place, entry.getKey()));
        }
    }

    private void bound(JsonNode value, String place) throws Malformed {
        if (dialect.booleanBounds()) {
            need(value.isBoolean(), place, "true or false");
        } else {
            need(value.isNumber(), place, "a number; true or false is how draft 4 wrote it");
        }
    }

    private void pattern(String text, String place) throws Malformed {
        if (patterns.containsKey(text)) {
            return;
        }
        if (patterns.size() == MAX_PATTERNS) {
            throw new Malformed("it has more than " + MAX_PATTERNS + " patterns");
        }
        try {
            patterns.put(text, LinearPattern.compile(text));
        } catch (Malformed e) {
            throw new Malformed("the pattern at " + place + " cannot be used: " + e.getMessage());
        }
    }

    private static void type(JsonNode value, String place) throws Malformed {
        boolean known = value.isString() && TYPES.contains(value.asString());
        if (value.isArray()) {
            known = !value.isEmpty();
            for (JsonNode one : value) {
                known &= one.isString() && TYPES.contains(one.asString());
            }
        }
        need(known, place, "one of the seven types, or a list of them");
    }

    private static void names(JsonNode value, String place) throws Malformed {
        boolean names = value.isArray();
        for (JsonNode name : value) {
            names &= name.isString();
        }
        need(names, place, "a list of names");
    }

    private static Set<Map.Entry<String, JsonNode>> members(JsonNode value, String place) throws Malformed {
        need(value.isObject(), place, "an object");
        return value.properties();
    }

    private static boolean whole(JsonNode value) {
        return value.isNumber()
                && value.decimalValue().signum() >= 0
                && value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static String text(JsonNode value, String place) throws Malformed {
        need(value.isString(), place, "text");
        return value.asString();
    }

    private static void need(boolean holds, String place, String what) throws Malformed {
        if (!holds) {
            throw new Malformed("at " + place + " there must be " + what);
        }
    }

    private static String at(String place, String name) {
        return Places.inside(place, name);
    }
}
