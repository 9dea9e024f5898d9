package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `approve`, `reject`, `revoke`, `quarantine`, `release`: what a person decides of tools. Each sends exactly what was
/// shown, versions by digest, so a source that offers something else meanwhile cannot slip it in.
@Command
final class DecideCommands {
    /// What one order to the server holds at most, so that its body stays under the server's 1 MiB.
    private static final int ORDER = 4000;

    private final Desk desk;

    DecideCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(
            name = "approve",
            description = {
                "Approves tools in the version that is shown: they can be called, as far as the policy allows.",
                "A pattern with * leaves out what was rejected, quarantined or flagged; name those exactly."
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep approve 'petstore.*'",
                "  toolkeep approve petstore.get-pet petstore.list-pets --expires 30d --yes",
                "  toolkeep approve petstore.get_pet --accept-flags"
            })
    int approve(
            @Mixin Asked asked,
            @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "Names, * for any run of characters")
                    List<String> patterns,
            @Option(names = "--yes", description = "Do not ask.") boolean yes,
            @Option(
                            names = "--expires",
                            paramLabel = "WHEN",
                            defaultValue = "",
                            description = "30d, 12h, 2w or a time; without it, until revoked.")
                    String expires,
            @Option(names = "--accept-flags", description = "Approve flagged tools too.") boolean acceptFlags)
            throws Failed {
        String until = Expiry.at("--expires", expires, desk.now());
        try (AdminApi api = desk.admin(asked)) {
            Chosen chosen = Chosen.of(api, patterns, tool -> notApproved(tool, acceptFlags));
            preview(asked, chosen);
            requireAny(chosen, "nothing there waits for approval");
            if (!desk.agreed(asked, yes, "Approve " + count(chosen.tools().size()) + "?")) {
                throw Failed.with("not_agreed", "nothing was approved", "");
            }
            ArrayNode decided = decide(chosen.tools(), seen -> {
                ObjectNode order = seen(seen);
                if (!until.isEmpty()) {
                    order.put("expires", until);
                }
                return api.post("/tools/approve", order.put("acceptFlags", acceptFlags));
            });
            return done(asked, decided, chosen, "approved" + (until.isEmpty() ? "" : " until " + until));
        }
    }

    @Command(
            name = "reject",
            description = "Says no to the version that is offered; it rests until the source offers another.",
            footer = {"", "Example:", "  toolkeep reject petstore.delete-pet"})
    int reject(
            @Mixin Asked asked,
            @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "Names, * for any run of characters")
                    List<String> patterns)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            Chosen chosen = Chosen.of(api, patterns, tool -> tool.has("offered") && !is(tool, "rejected") ? "" : " ");
            requireAny(chosen, "nothing there is offered and not rejected");
            ArrayNode decided = decide(chosen.tools(), tools -> api.post("/tools/reject", seen(tools)));
            return done(asked, decided, chosen, "rejected");
        }
    }

    @Command(
            name = "revoke",
            description = "Takes approvals back, at once.",
            footer = {"", "Example:", "  toolkeep revoke 'petstore.*'"})
    int revoke(
            @Mixin Asked asked,
            @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "Names, * for any run of characters")
                    List<String> patterns)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            Chosen chosen = Chosen.of(api, patterns, tool -> tool.has("approval") ? "" : " ");
            requireAny(chosen, "nothing there is approved");
            ArrayNode decided = decide(chosen.tools(), tools -> api.post("/tools/revoke", named(tools)));
            return done(asked, decided, chosen, "revoked");
        }
    }

    @Command(
            name = "quarantine",
            description = "Orders tools to rest at once, whatever was approved, until they are released.",
            footer = {"", "Example:", "  toolkeep quarantine 'petstore.*' --reason 'answers look forged'"})
    int quarantine(
            @Mixin Asked asked,
            @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "Names, * for any run of characters")
                    List<String> patterns,
            @Option(
                            names = "--reason",
                            paramLabel = "WHY",
                            required = true,
                            description = "For whoever finds the tool resting.")
                    String reason)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            Chosen chosen = Chosen.of(api, patterns, tool -> tool.has("hold") ? " " : "");
            requireAny(chosen, "everything there rests already");
            ArrayNode decided = decide(
                    chosen.tools(),
                    tools -> api.post("/tools/quarantine", named(tools).put("reason", reason)));
            return done(asked, decided, chosen, "quarantined");
        }
    }

    @Command(
            name = "release",
            description = "Ends a quarantine that a person ordered; the tools stand as they stood before.",
            footer = {"", "Example:", "  toolkeep release petstore.get-pet"})
    int release(
            @Mixin Asked asked,
            @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "Names, * for any run of characters")
                    List<String> patterns)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            Chosen chosen = Chosen.of(api, patterns, tool -> tool.has("hold") ? "" : " ");
            requireAny(chosen, "nothing there is in quarantine");
            ArrayNode decided = decide(chosen.tools(), tools -> api.post("/tools/release", named(tools)));
            return done(asked, decided, chosen, "released");
        }
    }

    private static String notApproved(JsonNode tool, boolean acceptFlags) {
        boolean stands = is(tool, "approved") && Fields.text(tool, "offered").equals(Fields.text(tool, "approved"));
        if (stands || !tool.has("offered")) {
            return " ";
        }
        if (tool.has("unsupported")) {
            return "it can never be called: " + Fields.text(tool, "unsupported");
        }
        if (tool.has("hold")) {
            return "it is in quarantine; release it first";
        }
        if (is(tool, "rejected")) {
            return "this version was rejected; name it exactly to approve it";
        }
        boolean flagged = tool.has("flag") && !acceptFlags;
        return flagged ? "it is flagged: " + Fields.text(tool, "flag") + "; look at it, then --accept-flags" : "";
    }

    private static boolean is(JsonNode tool, String status) {
        return Fields.text(tool, "status").equals(status);
    }

    /// What is about to be approved, for people, on the side: the answer comes after.
    private void preview(Asked asked, Chosen chosen) {
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

    private static void requireAny(Chosen chosen, String nothing) throws Failed {
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
    private interface Order {
        ObjectNode send(List<JsonNode> tools) throws Failed;
    }

    private static ArrayNode decide(List<JsonNode> tools, Order order) throws Failed {
        ArrayNode decided = Json.array();
        for (int from = 0; from < tools.size(); from += ORDER) {
            List<JsonNode> part = tools.subList(from, Math.min(tools.size(), from + ORDER));
            order.send(part).path("tools").forEach(decided::add);
        }
        return decided;
    }

    private static ObjectNode seen(List<JsonNode> tools) throws Failed {
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

    private static ObjectNode named(List<JsonNode> tools) {
        ObjectNode order = Json.object();
        Consumer<String> names = order.putArray("tools")::add;
        tools.forEach(tool -> names.accept(Fields.text(tool, "name")));
        return order;
    }

    private int done(Asked asked, ArrayNode decided, Chosen chosen, String what) {
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

    private static String count(int n) {
        return n == 1 ? "1 tool" : n + " tools";
    }
}
