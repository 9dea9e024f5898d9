package dev.toolkeep.start;

import java.util.logging.LogManager;

/// The JVM's log, except that it lasts to the end: the JVM resets its log at the first sign of an end, while we still
/// have something to say about how we stop. Made by the JVM, which asks for a public class.
public final class LastingLog extends LogManager {
    private volatile boolean settled;

    /// From now on nothing resets it.
    void settle() {
        settled = true;
    }

    @Override
    public void reset() {
        if (!settled) {
            super.reset();
        }
    }
}
