package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What all decisions of tools share: they send exactly what was shown, versions by digest, so a source that offers
/// something else meanwhile cannot slip it in.
final class Deciding {
    /// What one order to the server holds at most, so that its body stays under the server's 1 MiB.
    private static final int ORDER = 4000;

    private final Desk desk;

    Deciding(Desk desk) {
        this.desk = desk;
    }

    static boolean is(JsonNode tool, String status) {
        return Fields.text(tool, "status").equals(status);
    }

    /// What is about to be approved, for people, on the side: the answer comes after.
    void preview(Asked asked, Chosen chosen) {
        if (asked.json()) {
            return;
        }
        Page page = desk.page();
        if (!chosen.tools().isEmpty()) {
            Page.Table table = page.table("TOOL", "STATUS", "VERSION", "WHAT IT SAYS IT IS");
            for (JsonNode tool : chosen.tools()) {
                table.row(
                        is(tool, "drifted") ? Style.BAD : Style.PLAIN,
                        Fields.text(tool, "name"),
                        Fields.text(tool, "status") + (tool.path("diff").booleanValue(false) ? " (tool diff)" : ""),
                        Fields.text(tool, "offered"),
                        ToolText.summary(tool));
            }
            table.end();
        }
        for (JsonNode tool : chosen.tools()) {
            if (tool.has("flag")) {
                page.line(Style.BAD, "! " + Fields.text(tool, "name") + " is flagged: " + Fields.text(tool, "flag"));
            }
        }
        chosen.leftOut().forEach((name, reason) -> page.line(Style.BAD, "! " + name + " is left out: " + reason));
        desk.beside(page);
    }

    static void requireAny(Chosen chosen, String nothing) throws Failed {
        if (chosen.tools().isEmpty()) {
            String why = chosen.leftOut().isEmpty()
                    ? "see `toolkeep tool list`"
                    : chosen.leftOut().entrySet().iterator().next().getKey() + ": "
                            + chosen.leftOut().entrySet().iterator().next().getValue();
            throw Failed.with("nothing_to_do", nothing, why);
        }
    }

    /// One order for so many tools.
    @FunctionalInterface
    interface Order {
        ObjectNode send(List<JsonNode> tools) throws Failed;
    }

    static ArrayNode decide(List<JsonNode> tools, Order order) throws Failed {
        ArrayNode decided = Json.array();
        for (int from = 0; from < tools.size(); from += ORDER) {
            List<JsonNode> part = tools.subList(from, Math.min(tools.size(), from + ORDER));
            order.send(part).path("tools").forEach(decided::add);
        }
        return decided;
    }

    static ObjectNode seen(List<JsonNode> tools) throws Failed {
        ObjectNode order = Json.object();
        ArrayNode seen = order.putArray("tools");
        for (JsonNode tool : tools) {
            if (!tool.has("offered")) {
                throw Failed.with(
                        "conflict",
                        Fields.text(tool, "name") + " is no longer offered by its source",
                        "refresh the source, or leave it out");
            }
            seen.addObject().put("name", Fields.text(tool, "name")).put("digest", Fields.text(tool, "offered"));
        }
        return order;
    }

    static ObjectNode named(List<JsonNode> tools) {
        ObjectNode order = Json.object();
        Consumer<String> names = order.putArray("tools")::add;
        tools.forEach(tool -> names.accept(Fields.text(tool, "name")));
        return order;
    }

    int done(Asked asked, ArrayNode decided, Chosen chosen, String what) {
        ObjectNode answer = Json.object();
        answer.set("tools", decided);
        if (!chosen.leftOut().isEmpty()) {
            ArrayNode leftOut = answer.putArray("leftOut");
            chosen.leftOut()
                    .forEach((name, reason) ->
                            leftOut.addObject().put("name", name).put("reason", reason));
        }
        return desk.show(asked, answer, page -> {
            decided.forEach(tool -> page.line(Fields.text(tool, "name") + "  " + Fields.text(tool, "status")));
            page.line(Style.STRONG, count(decided.size()) + " " + what);
        });
    }

    static String count(int n) {
        return n == 1 ? "1 tool" : n + " tools";
    }
}
