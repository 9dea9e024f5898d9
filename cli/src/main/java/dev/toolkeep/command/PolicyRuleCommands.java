package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep policy allow` and `toolkeep policy deny`: one rule more.
final class PolicyRuleCommands {
    private PolicyRuleCommands() {}

    /// Whose calls, and which, a rule is about.
    static final class About {
        @Parameters(paramLabel = "PATTERN", arity = "1..*", description = "Tools, * for any run of characters.")
        private List<String> tools = List.of();

        @Option(names = "--id", paramLabel = "ID", description = "The rule's own id; without it, one is made.")
        private @Nullable String id;

        @Option(names = "--agent", paramLabel = "ID", description = "Calls of this caller; repeat for more.")
        private @Nullable List<String> agents;

        @Option(names = "--role", paramLabel = "ROLE", description = "Calls of callers in this role; repeat for more.")
        private @Nullable List<String> roles;

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                description = "Calls of callers that hold this scope; repeat for more.")
        private @Nullable List<String> scopes;

        @Option(
                names = "--when",
                paramLabel = "CEL",
                description = "Only when this holds, such as 'args.limit <= 100'.")
        private @Nullable String when;

        private ObjectNode order(String effect) throws Failed {
            ObjectNode order = Json.object().put("effect", effect);
            for (String tool : tools) {
                ToolPages.pattern(tool);
            }
            put(order, "tools", tools);
            put(order, "ids", agents);
            put(order, "roles", roles);
            put(order, "scopes", scopes);
            if (id != null) {
                order.put("id", id);
            }
            return when == null ? order : order.put("when", when);
        }

        private static void put(ObjectNode order, String field, @Nullable List<String> words) {
            if (words != null) {
                words.forEach(order.putArray(field)::add);
            }
        }
    }

    @Command(
            name = "allow",
            description = {
                "Appends a rule that allows calls. Without --agent, --role or --scope it is about every caller.",
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep policy allow 'petstore.*' --role agent",
                "  toolkeep policy allow petstore.list-pets --agent support-bot --when 'args.limit <= 100'"
            })
    static final class Allow implements Callable<Integer> {
        private final Desk desk;

        @Mixin
        private Asked asked = new Asked();

        @Mixin
        private About about = new About();

        Allow(Desk desk) {
            this.desk = desk;
        }

        @Override
        public Integer call() throws Failed {
            return append(desk, asked, about.order("allow"));
        }
    }

    @Command(
            name = "deny",
            description = "Appends a rule that denies calls. It beats every rule that allows them.",
            footer = {"", "Example:", "  toolkeep policy deny 'petstore.delete-*' --role agent"})
    static final class Deny implements Callable<Integer> {
        private final Desk desk;

        @Mixin
        private Asked asked = new Asked();

        @Mixin
        private About about = new About();

        Deny(Desk desk) {
            this.desk = desk;
        }

        @Override
        public Integer call() throws Failed {
            return append(desk, asked, about.order("deny"));
        }
    }

    private static int append(Desk desk, Asked asked, ObjectNode order) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.post("/policy/rules", order);
            return desk.show(
                    asked,
                    answer,
                    page -> page.line("rule " + Fields.text(answer, "rule") + " is in force, policy revision "
                            + answer.path("revision").asLong(0)));
        }
    }
}
