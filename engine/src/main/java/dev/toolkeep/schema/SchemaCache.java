package dev.toolkeep.schema;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Malformed;
import tools.jackson.databind.JsonNode;

/// Compiled schemas by version, so that a new snapshot compiles only what is new. Bounded: the least used versions are
/// compiled again when they come back. Thread-safe.
public final class SchemaCache {
    private final Cache<Digest, Schemas> cache;

    /// @param versions how many versions' schemas are kept
    public SchemaCache(int versions) {
        cache = Caffeine.newBuilder().maximumSize(versions).executor(Runnable::run).build();
    }

    /// The two schemas of one version. A schema that does not compile refuses every value, and `unsupported` says why;
    /// it is empty when both compiled.
    public record Schemas(CompiledSchema inputs, CompiledSchema outputs, String unsupported) {}

    /// The schemas of `definition`, whose digest the caller has checked to be `version`.
    public Schemas schemas(Digest version, ToolDefinition definition) {
        return cache.get(version, ignored -> compile(definition));
    }

    private static Schemas compile(ToolDefinition definition) {
        Compiled inputs = compile("inputs", definition.inputs());
        Compiled outputs = compile("outputs", definition.outputs());
        String unsupported = inputs.why.isEmpty() ? outputs.why : inputs.why;
        return new Schemas(inputs.schema, outputs.schema, unsupported);
    }

    private static Compiled compile(String which, JsonNode schema) {
        try {
            return new Compiled(CompiledSchema.compile(schema), "");
        } catch (Malformed e) {
            String why = "its " + which + " schema cannot be used: " + e.getMessage();
            return new Compiled(CompiledSchema.refusing(why), why);
        }
    }

    private record Compiled(CompiledSchema schema, String why) {}
}
