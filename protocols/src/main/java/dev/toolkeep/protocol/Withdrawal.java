package dev.toolkeep.protocol;

import java.util.concurrent.atomic.AtomicReference;

/// Whether a caller gave up on its call. Its door says so once, and whoever is working on the call at that moment ends
/// it: a call nobody waits for any more must not go on acting. Thread-safe.
public final class Withdrawal {
    private final AtomicReference<Runnable> listener = new AtomicReference<>(Mark.NOBODY);

    private enum Mark implements Runnable {
        NOBODY,
        SAID;

        @Override
        public void run() {}
    }

    /// The caller gave up. Runs what [#then] was given last; saying it again does nothing.
    public void say() {
        listener.getAndSet(Mark.SAID).run();
    }

    public boolean said() {
        return Mark.SAID.equals(listener.get());
    }

    /// What to do when the caller gives up, in place of what was to be done before; at once when it has. `end` runs on
    /// the thread that says so, must not block, and may find nothing left to end.
    public void then(Runnable end) {
        Runnable before = listener.get();
        while (!Mark.SAID.equals(before)) {
            if (listener.compareAndSet(before, end)) {
                return;
            }
            before = listener.get();
        }
        end.run();
    }
}
