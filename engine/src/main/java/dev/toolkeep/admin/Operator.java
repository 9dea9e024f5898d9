package dev.toolkeep.admin;

import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;

/// Who administers: the ticket every change asks for, and the name its journal record carries. It is made from an
/// operator's checked key, or for the program itself.
public final class Operator {
    private final String id;

    private Operator(String id) {
        this.id = id;
    }

    /// @throws Refused when the key is not an operator's
    public static Operator of(Authenticated who) throws Refused {
        if (who.caller().kind() != Caller.Kind.OPERATOR) {
            throw new Refused(
                    Refusal.Code.FORBIDDEN,
                    "operators-only",
                    "this key is not an operator's, and only operators administer",
                    "use an operator's key, or ask an operator");
        }
        return new Operator(who.caller().id());
    }

    /// What the program does of itself: the first callers, the built-in toolset, the set-up link, reading sources
    /// again. Never for a request.
    public static Operator program() {
        return new Operator("toolkeep");
    }

    public String id() {
        return id;
    }
}
