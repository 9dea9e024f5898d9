package dev.toolkeep.remote;

/// Carries a [Failure] to where it is printed. Stackless: it is an answer, not a bug.
public final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure why;

    public Failed(Failure why) {
        super(why.message(), null, false, false);
        this.why = why;
    }

    public static Failed with(String code, String message, String advice) {
        return new Failed(Failure.failed(code, message, advice));
    }

    public static Failed usage(String message, String advice) {
        return new Failed(Failure.usage(message, advice));
    }

    public Failure why() {
        return why;
    }
}
