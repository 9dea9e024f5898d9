package dev.toolkeep.refusal;

/// Not allowed, because. `message` says what was refused and why, `advice` what to do next, `rule` which rule, limit or
/// check said so. None of them holds a secret, or anything of a tool the caller may not see.
public record Refusal(Code code, String rule, String message, String advice) {
    /// Why, in a stable word, with the HTTP status every door uses for it.
    public enum Code {
        UNAUTHENTICATED("unauthenticated", 401),
        /// Unknown and hidden alike.
        TOOL_NOT_FOUND("tool_not_found", 404),
        /// Unknown, and of hidden tools only, alike.
        TOOLSET_NOT_FOUND("toolset_not_found", 404),
        TOOL_NOT_APPROVED("tool_not_approved", 403),
        TOOL_QUARANTINED("tool_quarantined", 403),
        TOOL_UNSUPPORTED("tool_unsupported", 403),
        CHAIN_TOO_DEEP("chain_too_deep", 403),
        BAD_ARGUMENTS("bad_arguments", 422),
        POLICY_DENIED("policy_denied", 403),
        RATE_LIMITED("rate_limited", 429),
        TOO_MANY_AT_ONCE("too_many_at_once", 429),
        REQUEST_TOO_LARGE("request_too_large", 413),
        MALFORMED("malformed", 400),
        /// Known to be who it is, and not allowed in here: an agent at the console, a forged Host.
        FORBIDDEN("forbidden", 403),
        /// Administration: there is no such thing.
        NOT_FOUND("not_found", 404),
        /// Administration: it stands otherwise than the order assumed (exists already, changed meanwhile).
        CONFLICT("conflict", 409),
        /// Administration: well-formed, and not a thing that can be.
        INVALID("invalid", 422),
        SHUTTING_DOWN("shutting_down", 503),
        /// A part that must be there to say yes is not; see rule 6.
        UNAVAILABLE("unavailable", 503);

        private final String text;
        private final int status;

        Code(String text, int status) {
            this.text = text;
            this.status = status;
        }

        public String text() {
            return text;
        }

        public int status() {
            return status;
        }
    }
}
