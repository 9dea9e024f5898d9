package dev.toolkeep.client;

import dev.toolkeep.refusal.Refusal;

/// Not allowed, and nothing was sent: an unknown tool, arguments that do not fit its schema, the local policy, a limit,
/// a definition that changed since it was accepted. The codes are those of [Refusal.Code].
public final class CallRefused extends ToolkeepException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    CallRefused(Refusal refusal) {
        super(refusal.code().text(), refusal.message() + "; " + refusal.advice());
        this.refusal = refusal;
    }

    /// The same as a value: code, rule, message and what to do next.
    public Refusal refusal() {
        return refusal;
    }
}
