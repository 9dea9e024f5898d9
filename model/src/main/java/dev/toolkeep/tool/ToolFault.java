package dev.toolkeep.tool;

/// The tool or the network broke; never "not allowed" (that is a refusal). `message` is fit for the caller: it holds
/// no secret, no stack trace and no address the caller did not name. `detail` is what the tool itself said to its
/// caller, `overheard` what its process said on the side (standard error): that is for operators alone, and no door
/// shows it. Both are cut to 2,000 characters, and may be empty.
public record ToolFault(Kind kind, String message, String detail, String overheard) {
    private static final int LONGEST = 2000;

    public ToolFault {
        detail = detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail;
        overheard = overheard.length() > LONGEST ? overheard.substring(overheard.length() - LONGEST) : overheard;
    }

    public ToolFault(Kind kind, String message, String detail) {
        this(kind, message, detail, "");
    }

    public static ToolFault of(Kind kind, String message) {
        return new ToolFault(kind, message, "");
    }

    /// The same for a caller: without what was overheard.
    public ToolFault forCaller() {
        return overheard.isEmpty() ? this : new ToolFault(kind, message, detail);
    }

    /// The caller gave up before the tool answered.
    ///
    /// @param sent whether anything may have reached the tool
    public static ToolFault withdrawn(boolean sent) {
        return of(
                Kind.CANCELLED,
                sent
                        ? "the caller gave up before the tool answered; whether the tool did anything is not known"
                        : "the caller gave up before anything was sent to the tool");
    }

    /// What broke. `code` is stable and appears in problems, JSON-RPC errors and the journal.
    public enum Kind {
        UNREACHABLE("tool_unreachable"),
        EGRESS_DENIED("egress_denied"),
        TIMED_OUT("tool_timed_out"),
        TOO_LARGE("answer_too_large"),
        BAD_ANSWER("bad_answer"),
        UPSTREAM_STATUS("tool_failed"),
        UPSTREAM_ERROR("tool_error"),
        /// What was asked for is not there: an MCP resource whose URI its server does not know.
        NOT_FOUND("not_found"),
        /// The tool itself found the arguments wrong.
        BAD_PARAMS("arguments_rejected"),
        /// The tool must ask what nobody may be asked; `detail` holds MCP's `ClientCapabilities` that would be enough.
        NEEDS_CAPABILITY("capability_missing"),
        MISSING_SECRET("missing_secret"),
        BAD_REQUEST("cannot_send"),
        /// It ended before its answer: the caller gave up, or the connection was closed on this side. What the tool
        /// did until then is not known.
        CANCELLED("cancelled"),
        OURS("internal_error");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
