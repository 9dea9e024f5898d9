package dev.toolkeep.wire;

/// Bytes or a document that is not what it must be. The message says what is wrong and where, names no value,
/// and is fit to show to whoever sent it. Stackless: it is an answer, not a bug.
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    public Malformed(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
