package dev.toolkeep.protocol.net;

/// A destination the guard does not let through. The message says why in words fit for any caller: it names neither
/// the host nor the address. Stackless: it is an answer, not a bug.
public final class EgressDenied extends Exception {
    private static final long serialVersionUID = 1L;

    public EgressDenied(String message) {
        super(message, null, false, false);
    }
}
