package dev.toolkeep.policy;

/// How much of the arguments one condition may still look at. A unit is one character of a text or one member or
/// element of a container, each time a condition asks for it, so what a caller sends cannot make a condition slow.
final class Effort {
    static final int MOST = 1_000_000;

    private int left = MOST;

    void spend(int units) {
        left -= units;
        if (left < 0) {
            throw new TooMuch();
        }
    }

    void refill() {
        left = MOST;
    }

    /// The condition looked at too much; that is an error of the condition like any other.
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super(
                    "the condition looks at more than " + MOST + " characters and members of the arguments",
                    null,
                    false,
                    false);
        }
    }
}
