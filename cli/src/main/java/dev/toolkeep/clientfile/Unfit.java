package dev.toolkeep.clientfile;

/// One server that no source can be made of; the message says why. Stackless: it is an answer, not a bug.
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
