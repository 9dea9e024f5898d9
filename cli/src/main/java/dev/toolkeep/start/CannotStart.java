package dev.toolkeep.start;

/// The program cannot start as it was asked to. The message is one sentence for the person who asked: what is wrong and
/// what to do; it holds no secret.
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
