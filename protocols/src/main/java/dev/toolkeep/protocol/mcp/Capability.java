package dev.toolkeep.protocol.mcp;

import dev.toolkeep.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client must have said it can do before a server may ask it something (MCP 2025-11-25 and 2026-07-28, client
/// features).
///
/// @param path the members of `ClientCapabilities` that must be there; empty for what nobody may ask
record Capability(List<String> path) {
    static Capability of(String method, JsonNode params) {
        return new Capability(
                switch (method) {
                    case "roots/list" -> List.of("roots");
                    case "sampling/createMessage" ->
                        params.has("tools") ? List.of("sampling", "tools") : List.of("sampling");
                    case "elicitation/create" ->
                        params.path("mode").asString("form").equals("url")
                                ? List.of("elicitation", "url")
                                : List.of("elicitation", "form");
                    default -> List.of();
                });
    }

    /// An `elicitation` without members means forms.
    boolean within(ObjectNode capabilities) {
        if (path.isEmpty()) {
            return false;
        }
        JsonNode at = capabilities.path(path.getFirst());
        if (path.equals(List.of("elicitation", "form"))) {
            return at.isObject() && (at.has("form") || !at.has("url"));
        }
        return at.isObject() && (path.size() == 1 || at.path(path.get(1)).isObject());
    }

    /// As `ClientCapabilities` that would be enough.
    ObjectNode needed() {
        ObjectNode needed = Json.object();
        ObjectNode at = needed;
        for (String step : path) {
            at = at.putObject(step);
        }
        return needed;
    }
}
