package dev.toolkeep.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.SchemaLoader;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns a checked schema into the validator's form. Each schema has its own validator registry: two schemas that
/// claim the same `$id` never meet, and no loader exists that could read a URL, a file or the class path.
final class Compilation {
    private static final SchemaLoader NOTHING =
            SchemaLoader.builder().block(address -> true).build();

    private Compilation() {}

    static Schema compile(JsonNode schema, SchemaRules.Checked checked) throws Malformed {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(text -> expression(checked.patterns(), text))
                .formatAssertionsEnabled(false)
                .preloadSchema(false)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                checked.dialect().rules(),
                builder ->
                        builder.schemaLoader(NOTHING).schemaCacheEnabled(false).schemaRegistryConfig(config));
        try {
            Schema compiled = registry.getSchema(SchemaLocation.of(""), withoutDialect(schema));
            compiled.initializeValidators();
            return compiled;
        } catch (RuntimeException e) {
            throw new Malformed("it cannot be compiled");
        }
    }

    /// The dialect is ours to choose, not the validator's to look up.
    private static JsonNode withoutDialect(JsonNode schema) {
        if (!schema.has("$schema")) {
            return schema;
        }
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            if (!entry.getKey().equals("$schema")) {
                copy.set(entry.getKey(), entry.getValue());
            }
        }
        return copy;
    }

    private static RegularExpression expression(Map<String, LinearPattern> patterns, String text) {
        LinearPattern pattern = patterns.get(text);
        if (pattern == null) {
            throw new IllegalStateException("a pattern that was not checked");
        }
        return value -> {
            PatternWork.take(pattern.cost(value.length()));
            return pattern.foundIn(value);
        };
    }
}
