package dev.toolkeep.schema;

import java.util.Map;

/// What the value of a schema's keyword must be. Keywords that are not here say nothing that is checked.
enum Keyword {
    SCHEMA,
    SCHEMA_OR_BOOLEAN,
    SCHEMA_OR_SCHEMAS,
    SCHEMAS,
    NAMED_SCHEMAS,
    PATTERN_SCHEMAS,
    NAMED_SCHEMAS_OR_NAMES,
    NAMES,
    NAMED_NAMES,
    COUNT,
    NUMBER,
    POSITIVE,
    BOUND,
    BOOLEAN,
    TYPE,
    VALUES,
    PATTERN,
    REFERENCE,
    ANCHOR;

    private static final Map<String, Keyword> BY_NAME = Map.ofEntries(
            Map.entry("additionalProperties", SCHEMA_OR_BOOLEAN),
            Map.entry("additionalItems", SCHEMA_OR_BOOLEAN),
            Map.entry("contains", SCHEMA),
            Map.entry("not", SCHEMA),
            Map.entry("if", SCHEMA),
            Map.entry("then", SCHEMA),
            Map.entry("else", SCHEMA),
            Map.entry("propertyNames", SCHEMA),
            Map.entry("unevaluatedItems", SCHEMA),
            Map.entry("unevaluatedProperties", SCHEMA),
            Map.entry("items", SCHEMA_OR_SCHEMAS),
            Map.entry("allOf", SCHEMAS),
            Map.entry("anyOf", SCHEMAS),
            Map.entry("oneOf", SCHEMAS),
            Map.entry("prefixItems", SCHEMAS),
            Map.entry("properties", NAMED_SCHEMAS),
            Map.entry("$defs", NAMED_SCHEMAS),
            Map.entry("definitions", NAMED_SCHEMAS),
            Map.entry("dependentSchemas", NAMED_SCHEMAS),
            Map.entry("patternProperties", PATTERN_SCHEMAS),
            Map.entry("dependencies", NAMED_SCHEMAS_OR_NAMES),
            Map.entry("required", NAMES),
            Map.entry("dependentRequired", NAMED_NAMES),
            Map.entry("maxLength", COUNT),
            Map.entry("minLength", COUNT),
            Map.entry("maxItems", COUNT),
            Map.entry("minItems", COUNT),
            Map.entry("maxProperties", COUNT),
            Map.entry("minProperties", COUNT),
            Map.entry("maxContains", COUNT),
            Map.entry("minContains", COUNT),
            Map.entry("maximum", NUMBER),
            Map.entry("minimum", NUMBER),
            Map.entry("multipleOf", POSITIVE),
            Map.entry("exclusiveMaximum", BOUND),
            Map.entry("exclusiveMinimum", BOUND),
            Map.entry("uniqueItems", BOOLEAN),
            Map.entry("$recursiveAnchor", BOOLEAN),
            Map.entry("type", TYPE),
            Map.entry("enum", VALUES),
            Map.entry("pattern", PATTERN),
            Map.entry("$ref", REFERENCE),
            Map.entry("$dynamicRef", REFERENCE),
            Map.entry("$recursiveRef", REFERENCE),
            Map.entry("$anchor", ANCHOR),
            Map.entry("$dynamicAnchor", ANCHOR));

    static Map<String, Keyword> byName() {
        return BY_NAME;
    }
}
