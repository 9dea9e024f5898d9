package dev.toolkeep.start;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/// What has to be undone, the newest first. One step that fails does not stop the others. Not thread-safe.
final class Unwinding {
    private static final Logger LOG = System.getLogger("dev.toolkeep.start");

    private final Deque<AutoCloseable> steps = new ArrayDeque<>();

    <T extends AutoCloseable> T later(T step) {
        steps.push(step);
        return step;
    }

    void run() {
        while (!steps.isEmpty()) {
            AutoCloseable step = steps.pop();
            try {
                step.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "a part did not stop cleanly: " + e.getMessage(), e);
            }
        }
    }
}
