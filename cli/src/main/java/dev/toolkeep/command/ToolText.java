package dev.toolkeep.command;

import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Tools in words.
final class ToolText {
    private static final int DESCRIPTION = 60;
    private static final int SHORT_CHANGE = 100;

    private ToolText() {}

    static void list(List<JsonNode> tools, Page page) {
        Page.Table table = page.table("TOOL", "STATUS", "VERSION", "WHAT IT SAYS IT IS");
        for (JsonNode tool : tools) {
            String flag = Fields.text(tool, "flag");
            table.row(
                    style(tool),
                    Fields.text(tool, "name"),
                    Fields.text(tool, "status") + (flag.isEmpty() ? "" : " !"),
                    Fields.brief(version(tool)),
                    summary(tool));
        }
        table.end();
    }

    static void found(JsonNode answer, Page page) {
        Page.Table table = page.table("TOOL", "WHAT IT SAYS IT IS");
        answer.path("tools").forEach(tool -> table.row(Fields.text(tool, "name"), summary(tool)));
        table.end();
    }

    static void show(JsonNode answer, Page page) {
        JsonNode tool = answer.path("tool");
        JsonNode approval = tool.path("approval");
        JsonNode hold = tool.path("hold");
        page.fact("tool", Fields.text(tool, "name"))
                .fact("status", Fields.text(tool, "status"))
                .fact("version", Fields.text(answer, "digest"))
                .fact("label", Fields.text(tool, "label"))
                .fact("seen", Fields.text(answer, "seen"))
                .fact("offered", Fields.text(tool, "offered"))
                .fact("approved", Fields.text(tool, "approved"));
        if (approval.isObject()) {
            String expires = Fields.text(approval, "expires");
            page.fact(
                    "approved by",
                    Fields.text(approval, "by") + " at " + Fields.text(approval, "at")
                            + (expires.isEmpty() ? "" : " until " + expires));
        }
        if (hold.isObject()) {
            page.fact(
                    "held by",
                    Fields.text(hold, "by") + " at " + Fields.text(hold, "at") + ": " + Fields.text(hold, "reason"));
        }
        page.fact("flag", Fields.text(tool, "flag"))
                .fact("cannot call", Fields.text(tool, "unsupported"))
                .fact("protocol", Fields.text(tool, "protocol"))
                .fact("hosts", Fields.words(tool, "hosts"))
                .fact("tags", Fields.words(tool, "tags"))
                .blank()
                .json("", answer.path("definition"));
    }

    static void versions(JsonNode answer, Page page) {
        Page.Table table = page.table("VERSION", "SEEN", "LABEL", "");
        for (JsonNode version : answer.path("versions")) {
            boolean offered = version.path("offered").booleanValue(false);
            boolean approved = version.path("approved").booleanValue(false);
            table.row(
                    Fields.text(version, "digest"),
                    Fields.text(version, "seen"),
                    Fields.text(version, "label"),
                    (offered ? "offered " : "") + (approved ? "approved" : ""));
        }
        table.end();
    }

    static void diff(String name, JsonNode diff, Page page) {
        page.line(
                Style.STRONG,
                name + "  " + Fields.brief(Fields.text(diff, "from")) + " -> " + Fields.brief(Fields.text(diff, "to")));
        int widening = 0;
        for (JsonNode change : diff.path("changes")) {
            String weight = Fields.text(change, "weight");
            widening += weight.equals("widening") ? 1 : 0;
            change(weight, change, page);
        }
        int changes = diff.path("changes").size();
        page.line(
                changes == 0
                        ? "nothing that matters changed"
                        : changes
                                + (changes == 1 ? " change" : " changes")
                                + (widening == 0 ? "" : ", " + widening + " of them widening: look twice"));
    }

    private static void change(String weight, JsonNode change, Page page) {
        Style style = switch (weight) {
            case "widening" -> Style.BAD;
            case "narrowing" -> Style.GOOD;
            default -> Style.PLAIN;
        };
        String start = String.format("  %-10s ", weight);
        String path = Fields.text(change, "path");
        String before = Fields.text(change, "before");
        String after = Fields.text(change, "after");
        if (before.length() + after.length() > SHORT_CHANGE || before.contains("\n") || after.contains("\n")) {
            page.line(style, start + path + ":");
            if (!before.isEmpty()) {
                page.block(style, "      - ", before);
            }
            if (!after.isEmpty()) {
                page.block(style, "      + ", after);
            }
        } else if (before.isEmpty() || after.isEmpty()) {
            String what = before.isEmpty() ? after.isEmpty() ? "" : ": added " + after : ": removed " + before;
            page.line(style, start + path + what);
        } else {
            page.line(style, start + path + ": " + before + " -> " + after);
        }
    }

    /// The digest it is about: what is offered, else what was approved.
    static String version(JsonNode tool) {
        return tool.has("offered") ? Fields.text(tool, "offered") : Fields.text(tool, "approved");
    }

    static String summary(JsonNode tool) {
        String title = Fields.text(tool, "title");
        String words = title.isEmpty() ? Fields.text(tool, "description") : title;
        return Fields.cut(words.strip().replaceAll("\\s+", " "), DESCRIPTION);
    }

    private static Style style(JsonNode tool) {
        return switch (Fields.text(tool, "status")) {
            case "approved" -> tool.has("flag") ? Style.BAD : Style.GOOD;
            case "drifted", "quarantined", "rejected" -> Style.BAD;
            case "removed", "expired" -> Style.FAINT;
            default -> Style.PLAIN;
        };
    }
}
