package dev.toolkeep.web;

import dev.toolkeep.web.exchange.Problem;

/// Whether the doors are closing: open calls end, new ones are refused. Thread-safe.
final class Closing {
    static final Problem PROBLEM = new Problem(
            503, "shutting_down", "The gateway is stopping.", "shutdown", "Try again in a moment, or another gateway.");

    private volatile boolean begun;

    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }
}
