package dev.toolkeep.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.ValidationLimitExceededException;
import dev.toolkeep.wire.Malformed;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One JSON Schema (2020-12 unless it says otherwise; drafts 4, 6, 7 and 2019-09 by their `$schema`), compiled once.
/// It fetches nothing, its patterns run in linear time, and the work of one judgement is bounded: over the bound
/// means refused. `format` is a note and judges nothing, in every dialect. Thread-safe.
///
/// Implements JSON Schema 2020-12 core and validation through the networknt validator.
public final class CompiledSchema {
    private static final int MAX_STEPS = 500_000;
    private static final int MAX_DEPTH = 400;
    private static final long MAX_PATTERN_WORK = 20_000_000;
    private static final int MAX_ERRORS = 1_000;
    private static final int MAX_PROBLEMS = 10;
    private static final Set<String> NOTES = Set.of(
            "$schema", "$id", "id", "$comment", "$defs", "definitions", "title", "description", "default", "examples");
    private static final ExecutionConfig BOUNDED = ExecutionConfig.builder()
            .maxEvaluationSteps(MAX_STEPS)
            .maxEvaluationDepth(MAX_DEPTH)
            .formatAssertionsEnabled(false)
            .build();

    private final @Nullable Schema schema;
    private final boolean patterned;
    private final List<String> always;

    private CompiledSchema(@Nullable Schema schema, boolean patterned, List<String> always) {
        this.schema = schema;
        this.patterned = patterned;
        this.always = always;
    }

    /// @throws Malformed when it is no schema, names a dialect we do not know, refers outside itself, holds a pattern
    ///     that cannot run in linear time, or is too large
    public static CompiledSchema compile(JsonNode schema) throws Malformed {
        SchemaRules.Checked checked = SchemaRules.check(schema);
        if (saysNothing(schema)) {
            return new CompiledSchema(null, false, List.of());
        }
        return new CompiledSchema(
                Compilation.compile(schema, checked), !checked.patterns().isEmpty(), List.of());
    }

    /// A schema that no value satisfies, with `reason` as its one problem: what stands for a schema that cannot be
    /// compiled.
    public static CompiledSchema refusing(String reason) {
        return new CompiledSchema(null, false, List.of(reason));
    }

    /// Checks what [#compile] checks before it compiles, and keeps nothing.
    static SchemaRules.Checked check(JsonNode schema) throws Malformed {
        return SchemaRules.check(schema);
    }

    /// What is wrong with `value`: at most 10 lines that each name the place and the rule and never quote a value;
    /// empty when it satisfies the schema. Work over the bound counts as a problem.
    public List<String> problems(JsonNode value) {
        if (schema == null) {
            return always;
        }
        return patterned ? PatternWork.bounded(MAX_PATTERN_WORK, () -> judge(schema, value)) : judge(schema, value);
    }

    /// Whether every value satisfies it (`{}`, `true`, or nothing but notes).
    public boolean unconstrained() {
        return schema == null && always.isEmpty();
    }

    private static List<String> judge(Schema schema, JsonNode value) {
        try {
            ExecutionContext context = new BoundedContext();
            List<Error> errors = schema.validate(context, value, OutputFormat.DEFAULT);
            return errors.isEmpty() ? List.of() : Problems.lines(errors, MAX_PROBLEMS);
        } catch (ValidationLimitExceededException | TooMuchWork e) {
            return List.of("it takes too much work to judge: it is too large or too deep for its schema");
        } catch (SchemaException e) {
            return List.of("its schema cannot judge it");
        }
    }

    private static boolean saysNothing(JsonNode schema) {
        return schema.isBoolean() ? schema.booleanValue() : NOTES.containsAll(schema.propertyNames());
    }

    private static final class BoundedContext extends ExecutionContext {
        private int errors;

        BoundedContext() {
            super(BOUNDED);
        }

        @Override
        public void addError(Error error) {
            errors++;
            if (errors > MAX_ERRORS) {
                throw new TooMuchWork();
            }
            super.addError(error);
        }
    }
}
