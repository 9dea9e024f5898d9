package dev.toolkeep.command;

import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/// Sources in words.
final class SourceText {
    private SourceText() {}

    static void list(JsonNode answer, Page page) {
        Page.Table table = page.table("SOURCE", "KIND", "FROM", "TOOLS", "LAST READ");
        for (JsonNode source : answer.path("sources")) {
            JsonNode origin = source.path("origin");
            boolean bad = source.path("lastRead").path("ok").isBoolean()
                    && !source.path("lastRead").path("ok").booleanValue();
            table.row(
                    bad ? Style.BAD : Style.PLAIN,
                    Fields.text(source, "name"),
                    Fields.text(origin, "kind"),
                    from(origin),
                    tools(source.path("tools")),
                    lastRead(source.path("lastRead")));
        }
        table.end();
    }

    static void show(JsonNode source, Page page) {
        JsonNode origin = source.path("origin");
        page.fact("source", Fields.text(source, "name"))
                .fact("kind", Fields.text(origin, "kind"))
                .fact("from", from(origin))
                .fact("called at", Fields.text(origin, "baseUrl"))
                .fact("working in", Fields.text(origin, "workingDirectory"))
                .fact("env", map(origin.path("env")))
                .fact("headers", map(origin.path("headers")))
                .fact("may reach", Fields.words(source, "reach"))
                .fact("added", Fields.text(source, "added"))
                .fact("tools", tools(source.path("tools")))
                .fact("last read", lastRead(source.path("lastRead")))
                .fact("because", Fields.text(source.path("lastRead").path("fault"), "detail"));
    }

    /// What was found when a source was read.
    static void reading(JsonNode reading, Page page) {
        String name = Fields.text(reading.path("source"), "name");
        drift(name, reading.path("drift"), reading.path("leftOut"), page);
    }

    /// One of several that were read.
    static void refreshed(JsonNode one, Page page) {
        String name = Fields.text(one, "source");
        if (one.has("fault")) {
            JsonNode fault = one.path("fault");
            page.line(
                    Style.BAD,
                    name + ": could not be read: " + Fields.text(fault, "message") + " (" + Fields.text(fault, "code")
                            + "); its tools stay as they were");
            String detail = Fields.text(fault, "detail");
            if (!detail.isEmpty()) {
                page.block("    ", detail);
            }
        } else {
            drift(name, one.path("drift"), one.path("leftOut"), page);
        }
    }

    private static void drift(String name, JsonNode drift, JsonNode leftOut, Page page) {
        StringJoiner counts = new StringJoiner(", ");
        for (String kind : new String[] {"added", "changed", "removed", "renamed"}) {
            if (!drift.path(kind).isEmpty()) {
                counts.add(drift.path(kind).size() + " " + kind);
            }
        }
        counts.add(drift.path("unchanged").asInt(0) + " unchanged");
        if (!leftOut.isEmpty()) {
            counts.add(leftOut.size() + " left out");
        }
        page.line(Style.STRONG, name + ": " + counts);
        drift.path("added").forEach(tool -> page.line(Style.GOOD, "  + " + tool.asString("")));
        drift.path("changed").forEach(tool -> page.line(Style.BAD, "  ~ " + tool.asString("") + "  changed"));
        drift.path("removed").forEach(tool -> page.line(Style.BAD, "  - " + tool.asString("")));
        drift.path("renamed")
                .forEach(pair -> page.line(
                        Style.BAD, "  > " + Fields.text(pair, "from") + " is now " + Fields.text(pair, "to")));
        leftOut.forEach(left -> page.line(
                Style.FAINT, "  ! " + Fields.text(left, "name") + " left out: " + Fields.text(left, "reason")));
    }

    private static String from(JsonNode origin) {
        if (origin.has("command")) {
            return Fields.words(origin, "command");
        }
        return origin.has("url") ? Fields.text(origin, "url") : Fields.text(origin, "location");
    }

    private static String map(JsonNode map) {
        StringJoiner words = new StringJoiner(", ");
        map.properties()
                .forEach(one -> words.add(one.getKey() + "=" + one.getValue().asString("")));
        return words.toString();
    }

    private static String tools(JsonNode counts) {
        StringJoiner words = new StringJoiner(", ");
        counts.properties().forEach(count -> words.add(count.getValue().asString("") + " " + count.getKey()));
        return words.length() == 0 ? "none" : words.toString();
    }

    private static String lastRead(JsonNode read) {
        if (read.isMissingNode()) {
            return "not since the start";
        }
        return read.path("ok").booleanValue(false)
                ? Fields.text(read, "at")
                : Fields.text(read, "at") + " failed: " + Fields.text(read.path("fault"), "message");
    }
}
