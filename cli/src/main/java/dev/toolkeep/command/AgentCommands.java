package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep agent …`: who may call or administer. Their keys are [AgentKeyCommands]'.
@Command(name = "agent", description = "Who may call, and with which keys.")
final class AgentCommands {
    private final Desk desk;

    AgentCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(
            name = "add",
            description = "Adds a caller. It has no key yet: `toolkeep agent key add`.",
            footer = {
                "",
                "Examples:",
                "  toolkeep agent add support-bot --role agent --scope pets:read",
                "  toolkeep agent add anna --kind operator"
            })
    int add(
            @Mixin Asked asked,
            @Parameters(paramLabel = "ID", description = "The caller's name.") String id,
            @Option(names = "--role", paramLabel = "ROLE", description = "A role it has; repeat for more.") @Nullable
                    List<String> roles,
            @Option(names = "--scope", paramLabel = "SCOPE", description = "A scope it holds; repeat for more.")
                    @Nullable
                    List<String> scopes,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            defaultValue = "agent",
                            description = "agent (without it), user, service or operator.")
                    String kind)
            throws Failed {
        ObjectNode order = Json.object().put("id", id).put("kind", kind);
        if (roles != null) {
            roles.forEach(order.putArray("roles")::add);
        }
        if (scopes != null) {
            scopes.forEach(order.putArray("scopes")::add);
        }
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.post("/agents", order);
            return desk.show(asked, answer, page -> AgentText.show(answer, page));
        }
    }

    @Command(
            name = "list",
            description = "Every caller.",
            footer = {"", "Example:", "  toolkeep agent list"})
    int list(@Mixin Asked asked) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/agents");
            return desk.show(asked, answer, page -> AgentText.list(answer, page));
        }
    }

    @Command(
            name = "show",
            description = "One caller with what is kept of its keys; never a key.",
            footer = {"", "Example:", "  toolkeep agent show support-bot"})
    int show(@Mixin Asked asked, @Parameters(paramLabel = "ID", description = "The caller.") String id) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            JsonNode agent = find(api, id);
            return desk.show(asked, agent, page -> AgentText.show(agent, page));
        }
    }

    @Command(
            name = "change",
            description = {
                "Gives a caller other roles or scopes, in place of those it has.",
                "Of the two, the one that is not named stays as it is."
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep agent change support-bot --role agent --role triage",
                "  toolkeep agent change support-bot --no-scopes"
            })
    int change(
            @Mixin Asked asked,
            @Parameters(paramLabel = "ID", description = "The caller.") String id,
            @Option(names = "--role", paramLabel = "ROLE", description = "A role it has from now on; repeat for more.")
                    @Nullable
                    List<String> roles,
            @Option(names = "--no-roles", description = "It has no role any more.") boolean noRoles,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "A scope it holds from now on; repeat for more.")
                    @Nullable
                    List<String> scopes,
            @Option(names = "--no-scopes", description = "It holds no scope any more.") boolean noScopes)
            throws Failed {
        if ((roles != null && noRoles) || (scopes != null && noScopes)) {
            throw Failed.usage("either some or none: --role or --no-roles, --scope or --no-scopes", "");
        }
        if (roles == null && !noRoles && scopes == null && !noScopes) {
            throw Failed.usage("say what changes", "see `toolkeep agent change --help`");
        }
        try (AdminApi api = desk.admin(asked)) {
            JsonNode agent = find(api, id);
            ObjectNode order = Json.object();
            order.set("roles", list(roles, noRoles, agent.path("roles")));
            order.set("scopes", list(scopes, noScopes, agent.path("scopes")));
            ObjectNode answer = api.put("/agents" + AdminApi.segment(id), order);
            return desk.show(asked, answer, page -> AgentText.show(answer, page));
        }
    }

    @Command(
            name = "remove",
            description = "Removes a caller; its keys are refused at once.",
            footer = {"", "Example:", "  toolkeep agent remove support-bot --yes"})
    int remove(
            @Mixin Asked asked,
            @Parameters(paramLabel = "ID", description = "The caller.") String id,
            @Option(names = "--yes", description = "Do not ask.") boolean yes)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            if (!desk.agreed(asked, yes, "Remove caller " + id + " with all its keys?")) {
                throw Failed.with("not_agreed", "nothing was removed", "");
            }
            ObjectNode answer = api.delete("/agents" + AdminApi.segment(id), Map.of());
            return desk.show(asked, answer, page -> page.line("caller " + id + " is removed, and its keys with it"));
        }
    }

    private static JsonNode list(@Nullable List<String> given, boolean none, JsonNode before) {
        if (given == null && !none) {
            return before;
        }
        var words = Json.array();
        if (given != null) {
            given.forEach(words::add);
        }
        return words;
    }

    private static JsonNode find(AdminApi api, String id) throws Failed {
        for (JsonNode agent : api.get("/agents").path("agents")) {
            if (Fields.text(agent, "id").equals(id)) {
                return agent;
            }
        }
        throw Failed.with("not_found", "there is no caller " + id, "see `toolkeep agent list`");
    }
}
