package dev.toolkeep.command;

import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import tools.jackson.databind.JsonNode;

/// The policy in words.
final class PolicyText {
    private PolicyText() {}

    static void show(JsonNode policy, Page page) {
        if (policy.path("revision").asLong(0) == 0) {
            page.line("there is no policy, so every call is denied; allow something: `toolkeep policy allow`");
        } else {
            saved(policy, page);
            page.block("", Fields.text(policy, "yaml").stripTrailing());
        }
    }

    static void saved(JsonNode policy, Page page) {
        page.line(
                Style.FAINT,
                "# revision " + policy.path("revision").asLong(0) + " by " + Fields.text(policy, "by") + " at "
                        + Fields.text(policy, "at"));
    }

    static void history(JsonNode answer, Page page) {
        Page.Table table = page.table("REVISION", "AT", "BY", "LINES");
        for (JsonNode one : answer.path("revisions")) {
            table.row(
                    one.path("revision").asString(""),
                    Fields.text(one, "at"),
                    Fields.text(one, "by"),
                    String.valueOf(Fields.text(one, "yaml").lines().count()));
        }
        table.end();
    }

    static void explained(JsonNode answer, Page page) {
        boolean allowed = answer.path("allowed").booleanValue(false);
        page.line(allowed ? Style.GOOD : Style.BAD, (allowed ? "allowed" : "denied") + " by " + rule(answer));
        for (JsonNode one : answer.path("considered")) {
            boolean matched = one.path("matched").booleanValue(false);
            page.line(
                    matched ? Style.STRONG : Style.FAINT,
                    "  " + (matched ? "* " : "  ") + Fields.text(one, "effect") + " " + Fields.text(one, "rule") + ": "
                            + Fields.text(one, "why"));
        }
        JsonNode limit = answer.path("limit");
        page.line("limits (" + Fields.text(limit, "entry") + "): "
                + limit.path("callsPerMinute").asString("") + " calls a minute, "
                + limit.path("concurrent").asString("") + " at once, "
                + Fields.text(limit, "deadline").replace("PT", "").toLowerCase(java.util.Locale.ROOT) + " each, "
                + limit.path("requestBytes").asString("") + " bytes in, "
                + limit.path("answerBytes").asString("") + " bytes out");
    }

    private static String rule(JsonNode answer) {
        return "rule " + Fields.text(answer, "rule");
    }
}
