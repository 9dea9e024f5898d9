package dev.toolkeep.command;

import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import tools.jackson.databind.JsonNode;

/// Callers in words.
final class AgentText {
    private AgentText() {}

    static void list(JsonNode answer, Page page) {
        Page.Table table = page.table("CALLER", "KIND", "ROLES", "SCOPES", "LIVE KEYS");
        for (JsonNode agent : answer.path("agents")) {
            long live = agent.path("keys")
                    .valueStream()
                    .filter(key -> Fields.text(key, "state").equals("live"))
                    .count();
            table.row(
                    Fields.text(agent, "id"),
                    Fields.text(agent, "kind"),
                    Fields.words(agent, "roles"),
                    Fields.words(agent, "scopes"),
                    String.valueOf(live));
        }
        table.end();
    }

    static void show(JsonNode agent, Page page) {
        page.fact("caller", Fields.text(agent, "id"))
                .fact("kind", Fields.text(agent, "kind"))
                .fact("roles", Fields.words(agent, "roles"))
                .fact("scopes", Fields.words(agent, "scopes"));
        if (agent.path("keys").isEmpty()) {
            page.line("no keys; make one: `toolkeep agent key add " + Fields.text(agent, "id") + "`");
            return;
        }
        Page.Table table = page.table("KEY", "STATE", "CREATED", "EXPIRES");
        for (JsonNode key : agent.path("keys")) {
            String state = Fields.text(key, "state");
            table.row(
                    state.equals("live") ? Style.PLAIN : Style.FAINT,
                    Fields.text(key, "id"),
                    state,
                    Fields.text(key, "created"),
                    Fields.text(key, "expires"));
        }
        table.end();
    }
}
