package dev.toolkeep.client;

/// A manual that could not be registered; nothing of it was. Codes: `manual_exists`, `bad_manual`,
/// `protocol_not_allowed`, `bad_variable`, `forgotten` (the repository could not be written), or the code of the
/// fault that kept its manual from being read.
public final class RegistrationFailed extends ToolkeepException {
    private static final long serialVersionUID = 1L;

    private final String manual;

    RegistrationFailed(String manual, String code, String message) {
        super(code, "manual " + manual + ": " + message);
        this.manual = manual;
    }

    public String manual() {
        return manual;
    }
}
