package dev.toolkeep.web.exchange;

import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.tool.ToolFault;

/// What went wrong, as RFC 9457 `application/problem+json`. `code` is stable, `detail` says what happened to whom,
/// `rule` which rule or check said so, `advice` what to do next. Nothing in it is a secret or a stack trace.
public record Problem(int status, String code, String detail, String rule, String advice) {
    private static final byte[] TYPE = JsonBytes.ascii("{\"type\":\"urn:toolkeep:problem:");
    private static final byte[] TITLE = JsonBytes.ascii("\",\"title\":");
    private static final byte[] STATUS = JsonBytes.ascii(",\"status\":");
    private static final byte[] CODE = JsonBytes.ascii(",\"code\":");
    private static final byte[] DETAIL = JsonBytes.ascii(",\"detail\":");
    private static final byte[] RULE = JsonBytes.ascii(",\"rule\":");
    private static final byte[] ADVICE = JsonBytes.ascii(",\"advice\":");
    private static final byte[] INSTANCE = JsonBytes.ascii(",\"instance\":");
    private static final byte[] END = JsonBytes.ascii("}");

    public static Problem of(Refusal refusal) {
        Refusal.Code code = refusal.code();
        return new Problem(code.status(), code.text(), refusal.message(), refusal.rule(), refusal.advice());
    }

    /// A fault is never "not allowed": its status says whether the tool, the network or the gateway broke.
    public static Problem of(ToolFault fault) {
        String detail = fault.detail().isEmpty() ? fault.message() : fault.message() + ": " + fault.detail();
        return new Problem(status(fault.kind()), fault.kind().code(), detail, "fault", advice(fault.kind()));
    }

    /// The same in other words.
    public Problem saying(String other) {
        return new Problem(status, code, other, rule, advice);
    }

    public static Problem malformed(String rule, String detail) {
        return new Problem(400, "malformed", detail, rule, "Correct the request and send it again.");
    }

    /// Something of ours broke; what, is in the log under the call's id.
    public static Problem ours() {
        return new Problem(
                500, "internal_error", "Toolkeep itself failed.", "fault", "Report it with this answer's instance.");
    }

    public byte[] bytes(String callId) {
        return new JsonBytes(256 + detail.length() + advice.length())
                .raw(TYPE)
                .ascii7(code)
                .raw(TITLE)
                .text(title())
                .raw(STATUS)
                .number(status)
                .raw(CODE)
                .text(code)
                .raw(DETAIL)
                .text(detail)
                .raw(RULE)
                .text(rule)
                .raw(ADVICE)
                .text(advice)
                .raw(INSTANCE)
                .text(callId)
                .raw(END)
                .bytes();
    }

    private String title() {
        String words = code.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static int status(ToolFault.Kind kind) {
        return switch (kind) {
            case TIMED_OUT -> 504;
            case BAD_REQUEST, BAD_PARAMS, NEEDS_CAPABILITY -> 422;
            case NOT_FOUND -> 404;
            case MISSING_SECRET, OURS -> 500;
            case CANCELLED -> 503;
            case UNREACHABLE, EGRESS_DENIED, TOO_LARGE, BAD_ANSWER, UPSTREAM_STATUS, UPSTREAM_ERROR -> 502;
        };
    }

    private static String advice(ToolFault.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, TIMED_OUT, CANCELLED -> "Try again later; if it stays, ask the tool's operator.";
            case EGRESS_DENIED -> "Ask an operator to grant this source the address it needs.";
            case TOO_LARGE -> "Ask for less, for example a smaller page.";
            case BAD_ANSWER, UPSTREAM_STATUS, UPSTREAM_ERROR ->
                "Check the arguments; if they are right, tell the tool's operator.";
            case MISSING_SECRET -> "Ask an operator to set the secret this tool needs.";
            case BAD_REQUEST -> "Change the arguments: these cannot be put into a request of this tool.";
            case NEEDS_CAPABILITY ->
                "Call it through an MCP client that can be asked, and ask an operator for `asks` in the policy's limits.";
            case NOT_FOUND -> "List what there is, and ask for one of it.";
            case BAD_PARAMS -> "Change the arguments; the detail says what the tool makes of them.";
            case OURS -> "Report it with this answer's instance.";
        };
    }
}
