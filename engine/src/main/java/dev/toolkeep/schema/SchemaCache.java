package dev.toolkeep.schema;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Malformed;
import tools.jackson.databind.JsonNode;

/// The schemas of tool versions by their digest, so that a new snapshot compiles only what is new. Bounded: what was
/// not asked for lately is done again when it is. Thread-safe.
public final class SchemaCache {
    private final Cache<Digest, Schemas> compiled;
    private final Cache<Digest, Schemas> waiting;

    /// @param versions how many versions are kept
    public SchemaCache(int versions) {
        compiled = Caffeine.newBuilder()
                .maximumSize(versions)
                .executor(Runnable::run)
                .build();
        waiting = Caffeine.newBuilder()
                .maximumSize(versions)
                .executor(Runnable::run)
                .build();
    }

    /// The two schemas of one version. A schema that cannot be used refuses every value, and `unsupported` says why;
    /// it is empty when both can.
    public record Schemas(CompiledSchema inputs, CompiledSchema outputs, String unsupported) {}

    /// The schemas of a version in use. The caller has checked that `definition` is what `version` says.
    public Schemas compiled(Digest version, ToolDefinition definition) {
        return compiled.get(version, ignored -> compile(definition));
    }

    /// The schemas of a version that nobody approved: checked, so that people see what is wrong with them, but not
    /// compiled, so that a hostile source cannot fill the memory. They refuse every value.
    public Schemas waiting(Digest version, ToolDefinition definition) {
        return waiting.get(version, ignored -> check(definition));
    }

    private static Schemas compile(ToolDefinition definition) {
        try {
            CompiledSchema inputs = part("inputs", definition.inputs(), CompiledSchema::compile);
            CompiledSchema outputs = part("outputs", definition.outputs(), CompiledSchema::compile);
            return new Schemas(inputs, outputs, "");
        } catch (Malformed e) {
            return unusable(String.valueOf(e.getMessage()));
        }
    }

    private static Schemas check(ToolDefinition definition) {
        CompiledSchema refusing = CompiledSchema.refusing("nobody approved this version");
        try {
            part("inputs", definition.inputs(), CompiledSchema::check);
            part("outputs", definition.outputs(), CompiledSchema::check);
            return new Schemas(refusing, refusing, "");
        } catch (Malformed e) {
            return unusable(String.valueOf(e.getMessage()));
        }
    }

    private static Schemas unusable(String why) {
        CompiledSchema refusing = CompiledSchema.refusing(why);
        return new Schemas(refusing, refusing, why);
    }

    private static <T> T part(String name, JsonNode schema, Step<T> step) throws Malformed {
        try {
            return step.run(schema);
        } catch (Malformed e) {
            throw new Malformed("its " + name + " schema cannot be used: " + e.getMessage());
        }
    }

    private interface Step<T> {
        T run(JsonNode schema) throws Malformed;
    }
}
