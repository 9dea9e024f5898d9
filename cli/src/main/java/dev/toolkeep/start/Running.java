package dev.toolkeep.start;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a running Toolkeep says of itself in `server.json`.
public record Running(URI gateway, URI console, long pid, Instant started) {
    byte[] json() {
        ObjectNode text = Json.object();
        text.put("gateway", gateway.toString());
        text.put("console", console.toString());
        text.put("pid", pid);
        text.put("started", started.toString());
        return (Json.pretty(text) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static Running read(byte[] json) throws Malformed {
        JsonNode text = StrictJson.parse(json, Bounds.REQUEST);
        try {
            return new Running(
                    URI.create(text.path("gateway").asString("")),
                    URI.create(text.path("console").asString("")),
                    text.path("pid").asLong(-1),
                    Instant.parse(text.path("started").asString("")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Malformed("not what a running Toolkeep writes");
        }
    }
}
