package dev.toolkeep.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;

/// One compiled condition. Thread-safe.
final class Condition {
    private final Program program;

    Condition(Program program) {
        this.program = program;
    }

    /// How a condition came out.
    sealed interface Verdict {
        record Said(boolean yes) implements Verdict {}

        /// It could not be answered: a missing argument, a type that does not fit, too much work.
        record Broke(String why) implements Verdict {}
    }

    Verdict test(Facts facts) {
        facts.rest();
        try {
            return program.eval(facts) instanceof Boolean yes
                    ? new Verdict.Said(yes)
                    : new Verdict.Broke("its value is neither true nor false");
        } catch (CelEvaluationException | RuntimeException e) {
            return new Verdict.Broke(String.valueOf(e.getMessage()));
        }
    }
}
