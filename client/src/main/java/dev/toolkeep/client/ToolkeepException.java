package dev.toolkeep.client;

/// What a client throws. [#code] is a stable word to decide by; the message is for people, says what to do next and
/// holds no secret.
public abstract sealed class ToolkeepException extends RuntimeException
        permits CallRefused, CallFailed, RegistrationFailed, BadConfig {
    private static final long serialVersionUID = 1L;

    private final String code;

    ToolkeepException(String code, String message) {
        super(message);
        this.code = code;
    }

    /// A stable word in lower case with underscores, the same that the gateway's problems carry.
    public final String code() {
        return code;
    }
}
