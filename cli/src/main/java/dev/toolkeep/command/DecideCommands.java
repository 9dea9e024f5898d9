package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `approve`, `reject`, `revoke`, `quarantine`, `release`: what a person decides of tools.
final class DecideCommands {
    private DecideCommands() {}

    /// Which tools.
    static final class Named {
        @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "Names, * for any run of characters")
        private List<String> patterns = List.of();
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
    static final class Approve implements Callable<Integer> {
        private final Desk desk;
        private final Deciding deciding;

        @Mixin
        private Asked asked = new Asked();

        @Mixin
        private Named named = new Named();

        @Option(names = "--yes", description = "Do not ask.")
        private boolean yes;

        @Option(
                names = "--expires",
                paramLabel = "WHEN",
                defaultValue = "",
                description = "30d, 12h, 2w or a time; without it, until revoked.")
        private String expires = "";

        @Option(names = "--accept-flags", description = "Approve flagged tools too.")
        private boolean acceptFlags;

        Approve(Desk desk) {
            this.desk = desk;
            this.deciding = new Deciding(desk);
        }

        @Override
        public Integer call() throws Failed {
            String until = Expiry.at("--expires", expires, desk.now());
            try (AdminApi api = desk.admin(asked)) {
                Chosen chosen = Chosen.of(api, named.patterns, tool -> notApproved(tool, acceptFlags));
                deciding.preview(asked, chosen);
                Deciding.requireAny(chosen, "nothing there waits for approval");
                if (!desk.agreed(
                        asked, yes, "Approve " + Deciding.count(chosen.tools().size()) + "?")) {
                    throw Failed.with("not_agreed", "nothing was approved", "");
                }
                ArrayNode decided = Deciding.decide(chosen.tools(), seen -> {
                    ObjectNode order = Deciding.seen(seen);
                    if (!until.isEmpty()) {
                        order.put("expires", until);
                    }
                    return api.post("/tools/approve", order.put("acceptFlags", acceptFlags));
                });
                return deciding.done(asked, decided, chosen, "approved" + (until.isEmpty() ? "" : " until " + until));
            }
        }

        private static String notApproved(JsonNode tool, boolean acceptFlags) {
            boolean stands = Deciding.is(tool, "approved")
                    && Fields.text(tool, "offered").equals(Fields.text(tool, "approved"));
            if (stands || !tool.has("offered")) {
                return " ";
            }
            if (tool.has("unsupported")) {
                return "it can never be called: " + Fields.text(tool, "unsupported");
            }
            if (tool.has("hold")) {
                return "it is in quarantine; release it first";
            }
            if (Deciding.is(tool, "rejected")) {
                return "this version was rejected; name it exactly to approve it";
            }
            boolean flagged = tool.has("flag") && !acceptFlags;
            return flagged ? "it is flagged: " + Fields.text(tool, "flag") + "; look at it, then --accept-flags" : "";
        }
    }

    @Command(
            name = "reject",
            description = "Says no to the version that is offered; it rests until the source offers another.",
            footer = {"", "Example:", "  toolkeep reject petstore.delete-pet"})
    static final class Reject implements Callable<Integer> {
        private final Desk desk;
        private final Deciding deciding;

        @Mixin
        private Asked asked = new Asked();

        @Mixin
        private Named named = new Named();

        Reject(Desk desk) {
            this.desk = desk;
            this.deciding = new Deciding(desk);
        }

        @Override
        public Integer call() throws Failed {
            try (AdminApi api = desk.admin(asked)) {
                Chosen chosen = Chosen.of(
                        api, named.patterns, tool -> tool.has("offered") && !Deciding.is(tool, "rejected") ? "" : " ");
                Deciding.requireAny(chosen, "nothing there is offered and not rejected");
                ArrayNode decided =
                        Deciding.decide(chosen.tools(), tools -> api.post("/tools/reject", Deciding.seen(tools)));
                return deciding.done(asked, decided, chosen, "rejected");
            }
        }
    }

    @Command(
            name = "revoke",
            description = "Takes approvals back, at once.",
            footer = {"", "Example:", "  toolkeep revoke 'petstore.*'"})
    static final class Revoke implements Callable<Integer> {
        private final Desk desk;
        private final Deciding deciding;

        @Mixin
        private Asked asked = new Asked();

        @Mixin
        private Named named = new Named();

        Revoke(Desk desk) {
            this.desk = desk;
            this.deciding = new Deciding(desk);
        }

        @Override
        public Integer call() throws Failed {
            try (AdminApi api = desk.admin(asked)) {
                Chosen chosen = Chosen.of(api, named.patterns, tool -> tool.has("approval") ? "" : " ");
                Deciding.requireAny(chosen, "nothing there is approved");
                ArrayNode decided =
                        Deciding.decide(chosen.tools(), tools -> api.post("/tools/revoke", Deciding.named(tools)));
                return deciding.done(asked, decided, chosen, "revoked");
            }
        }
    }

    @Command(
            name = "quarantine",
            description = "Orders tools to rest at once, whatever was approved, until they are released.",
            footer = {"", "Example:", "  toolkeep quarantine 'petstore.*' --reason 'answers look forged'"})
    static final class Quarantine implements Callable<Integer> {
        private final Desk desk;
        private final Deciding deciding;

        @Mixin
        private Asked asked = new Asked();

        @Mixin
        private Named named = new Named();

        @Option(
                names = "--reason",
                paramLabel = "WHY",
                required = true,
                description = "For whoever finds the tool resting.")
        private String reason = "";

        Quarantine(Desk desk) {
            this.desk = desk;
            this.deciding = new Deciding(desk);
        }

        @Override
        public Integer call() throws Failed {
            try (AdminApi api = desk.admin(asked)) {
                Chosen chosen = Chosen.of(api, named.patterns, tool -> tool.has("hold") ? " " : "");
                Deciding.requireAny(chosen, "everything there rests already");
                ArrayNode decided = Deciding.decide(
                        chosen.tools(),
                        tools -> api.post(
                                "/tools/quarantine", Deciding.named(tools).put("reason", reason)));
                return deciding.done(asked, decided, chosen, "quarantined");
            }
        }
    }

    @Command(
            name = "release",
            description = "Ends a quarantine that a person ordered; the tools stand as they stood before.",
            footer = {"", "Example:", "  toolkeep release petstore.get-pet"})
    static final class Release implements Callable<Integer> {
        private final Desk desk;
        private final Deciding deciding;

        @Mixin
        private Asked asked = new Asked();

        @Mixin
        private Named named = new Named();

        Release(Desk desk) {
            this.desk = desk;
            this.deciding = new Deciding(desk);
        }

        @Override
        public Integer call() throws Failed {
            try (AdminApi api = desk.admin(asked)) {
                Chosen chosen = Chosen.of(api, named.patterns, tool -> tool.has("hold") ? "" : " ");
                Deciding.requireAny(chosen, "nothing there is in quarantine");
                ArrayNode decided =
                        Deciding.decide(chosen.tools(), tools -> api.post("/tools/release", Deciding.named(tools)));
                return deciding.done(asked, decided, chosen, "released");
            }
        }
    }
}
