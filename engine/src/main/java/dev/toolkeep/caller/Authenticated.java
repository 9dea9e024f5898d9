package dev.toolkeep.caller;

/// A caller whose key was checked, and which key it was. Only [KeyRing] makes one.
public final class Authenticated {
    private final Caller caller;
    private final String keyId;

    Authenticated(Caller caller, String keyId) {
        this.caller = caller;
        this.keyId = keyId;
    }

    public Caller caller() {
        return caller;
    }

    public String keyId() {
        return keyId;
    }
}
