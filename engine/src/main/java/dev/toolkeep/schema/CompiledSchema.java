package dev.toolkeep.schema;

import dev.toolkeep.wire.Malformed;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One JSON Schema (2020-12 unless it says otherwise; drafts 4, 6, 7 and 2019-09 by their `$schema`), compiled once.
/// It fetches nothing, its patterns run in linear time, and the work of one judgement is bounded. Thread-safe.
public final class CompiledSchema {
    private CompiledSchema() {}

    /// @throws Malformed when it is no schema, names a dialect we do not know, refers outside itself, holds a pattern
    ///     that cannot run in linear time, or is too large
    public static CompiledSchema compile(JsonNode schema) throws Malformed {
        throw new Malformed("not compiled yet");
    }

    /// A schema that no value satisfies, with `reason` as its one problem: what stands for a schema that cannot be
    /// compiled.
    public static CompiledSchema refusing(String reason) {
        return new CompiledSchema();
    }

    /// What is wrong with `value`: at most 10 lines that each name the place and the rule and never quote a value;
    /// empty when it satisfies the schema. Work over the bound counts as a problem.
    public List<String> problems(JsonNode value) {
        return List.of();
    }

    /// Whether every value satisfies it (`{}` or `true`).
    public boolean unconstrained() {
        return false;
    }
}
