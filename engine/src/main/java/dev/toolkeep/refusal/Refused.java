package dev.toolkeep.refusal;

/// Carries a [Refusal] out of a stage. Stackless: saying no is no accident.
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal why;

    public Refused(Refusal why) {
        super(why.message(), null, false, false);
        this.why = why;
    }

    public Refused(Refusal.Code code, String rule, String message, String advice) {
        this(new Refusal(code, rule, message, advice));
    }

    public Refusal why() {
        return why;
    }
}
