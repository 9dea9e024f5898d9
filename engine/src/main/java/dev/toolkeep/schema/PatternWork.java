package dev.toolkeep.schema;

import java.util.List;
import java.util.function.Supplier;

/// The steps that patterns may still take in the judgement this thread is in. RE2 is linear in the text, but linear
/// in the pattern too: a large text under many large patterns must not hold an event loop.
final class PatternWork {
    private static final ScopedValue<PatternWork> CURRENT = ScopedValue.newInstance();

    private long left;

    private PatternWork(long steps) {
        this.left = steps;
    }

    static List<String> bounded(long steps, Supplier<List<String>> judgement) {
        return ScopedValue.where(CURRENT, new PatternWork(steps)).call(judgement::get);
    }

    /// @throws TooMuchWork when the judgement has no such steps left
    static void take(long steps) {
        PatternWork work = CURRENT.get();
        work.left -= steps;
        if (work.left < 0) {
            throw new TooMuchWork();
        }
    }
}
