package dev.toolkeep.journal;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Tells the members of a batch, with one hand-over for each home rather than one for each member.
final class Completions {
    private Completions() {}

    /// Who wants to hear of the end, and where.
    interface Member {
        Executor home();

        void tell();
    }

    static void tell(List<? extends Member> batch) {
        if (batch.size() == 1) {
            Member only = batch.getFirst();
            hand(only.home(), only::tell);
            return;
        }
        IdentityHashMap<Executor, List<Member>> homes = new IdentityHashMap<>();
        for (Member member : batch) {
            homes.computeIfAbsent(member.home(), home -> new ArrayList<>()).add(member);
        }
        homes.forEach((home, members) -> hand(home, () -> members.forEach(Member::tell)));
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
