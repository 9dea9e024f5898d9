package dev.toolkeep.journal;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/// Tells the members of a batch, with one hand-over for each home rather than one for each member.
final class Completions {
    private Completions() {}

    static void tell(int size, IntFunction<Executor> home, IntConsumer tell) {
        if (size == 1) {
            hand(home.apply(0), () -> tell.accept(0));
            return;
        }
        IdentityHashMap<Executor, List<Integer>> homes = new IdentityHashMap<>();
        for (int i = 0; i < size; i++) {
            homes.computeIfAbsent(home.apply(i), h -> new ArrayList<>()).add(i);
        }
        homes.forEach((executor, members) -> hand(executor, () -> members.forEach(tell::accept)));
    }

    /// A home that is gone has nobody left to hear; the journal must not stop for it.
    private static void hand(Executor home, Runnable task) {
        try {
            home.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}
