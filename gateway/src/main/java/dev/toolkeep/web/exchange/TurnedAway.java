package dev.toolkeep.web.exchange;

/// Carries a [Problem] to the one place that answers with it. Stackless: saying no is no accident.
public final class TurnedAway extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final boolean hangUp;

    private TurnedAway(Problem problem, boolean hangUp) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.hangUp = hangUp;
    }

    public static TurnedAway with(Problem problem) {
        return new TurnedAway(problem, false);
    }

    /// Also ends the connection: the rest of the request is not wanted.
    public static TurnedAway hangingUp(Problem problem) {
        return new TurnedAway(problem, true);
    }

    public Problem problem() {
        return problem;
    }

    boolean hangUp() {
        return hangUp;
    }
}
