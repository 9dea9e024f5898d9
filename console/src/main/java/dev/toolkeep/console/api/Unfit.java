package dev.toolkeep.console.api;

import dev.toolkeep.console.access.Problem;
import dev.toolkeep.tool.ToolFault;

/// A request that is not what its route takes, or names a source that cannot be read. Stackless: it is an answer, not
/// a bug.
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private Unfit(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /// It cannot be read; `detail` holds nothing of what was sent but names.
    static Unfit malformed(String detail) {
        return new Unfit(Problem.malformed(detail));
    }

    /// It can be read, and `field` is not a thing that can be.
    static Unfit invalid(String field, String message) {
        return new Unfit(Problem.of(422, "invalid", field + ": " + message, field, "mend it and try again"));
    }

    static Unfit tooLarge(int most) {
        return new Unfit(Problem.of(
                413, "request_too_large", "the body is larger than " + most + " bytes", "body", "send less at once"));
    }

    static Unfit tooSlow() {
        return new Unfit(Problem.refused(408));
    }

    static Unfit unreadable(ToolFault fault) {
        return new Unfit(Problem.of(fault));
    }

    Problem problem() {
        return problem;
    }
}
