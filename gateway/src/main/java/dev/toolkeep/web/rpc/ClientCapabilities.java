package dev.toolkeep.web.rpc;

import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client says it can be asked, down to what this side passes on: elicitation in forms and by URL, sampling with
/// tools and context, roots. All else a client may claim is left out.
public final class ClientCapabilities {
    private static final Map<String, List<String>> KNOWN =
            Map.of("elicitation", List.of("form", "url"), "sampling", List.of("tools", "context"), "roots", List.of());

    private ClientCapabilities() {}

    public static ObjectNode of(JsonNode said) {
        ObjectNode known = Json.object();
        KNOWN.forEach((name, details) -> {
            if (said.path(name).isObject()) {
                ObjectNode kept = known.putObject(name);
                for (String detail : details) {
                    if (said.path(name).path(detail).isObject()) {
                        kept.putObject(detail);
                    }
                }
            }
        });
        return known;
    }
}
