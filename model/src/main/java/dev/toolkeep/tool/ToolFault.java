package dev.toolkeep.tool;

/// The tool or the network broke; never "not allowed" (that is a refusal). `message` is fit for the caller: it holds
/// no secret, no stack trace and no address the caller did not name. `detail` is what the tool itself said, cut to
/// 2,000 characters, or empty.
public record ToolFault(Kind kind, String message, String detail) {
    public ToolFault {
        detail = detail.length() > 2000 ? detail.substring(0, 2000) : detail;
    }

    public static ToolFault of(Kind kind, String message) {
        return new ToolFault(kind, message, "");
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
        MISSING_SECRET("missing_secret"),
        BAD_REQUEST("cannot_send"),
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
