package dev.toolkeep.admin;

import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;

/// The refusals that several kinds of change share.
final class Nay {
    private Nay() {}

    static Refused unknown(String kind, String name) {
        return new Refused(
                Refusal.Code.NOT_FOUND,
                "unknown-" + kind,
                "there is no " + kind + " " + printable(name),
                "list what there is with `toolkeep " + kind + " list`");
    }

    static Refused conflict(String rule, String message, String advice) {
        return new Refused(Refusal.Code.CONFLICT, rule, message, advice);
    }

    static Refused invalid(String rule, String message) {
        return new Refused(Refusal.Code.INVALID, rule, message, "mend it and try again");
    }

    /// What somebody typed, fit for a message.
    static String printable(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
