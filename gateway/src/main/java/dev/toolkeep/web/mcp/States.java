package dev.toolkeep.web.mcp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.caller.Seal;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.CanonicalJson;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The `requestState` of multi round-trip requests (MCP 2026-07-28): what the tool wants back, or which parked call
/// goes
/// on, sealed for this caller, this endpoint and this very request. Good for ten minutes and once. Thread-safe.
final class States {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int REMEMBERED = 200_000;
    private static final Bounds BOUNDS = new Bounds(48 << 10, 8, 32 << 10, 20);

    private final Seal seal;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Boolean> used = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(LIFETIME)
            .build();

    States(Seal seal) {
        this.seal = seal;
    }

    /// @param tool what the tool wants back; empty for nothing
    /// @param parked the call that waits for the answers; empty for none
    record State(String tool, String parked) {}

    String seal(Exchange exchange, Envelope request, State state) {
        byte[] name = new byte[12];
        random.nextBytes(name);
        ObjectNode said = Json.object()
                .put("once", Base64.getUrlEncoder().withoutPadding().encodeToString(name))
                .put("tool", state.tool())
                .put("parked", state.parked());
        return seal.seal(purpose(exchange, request), Json.bytes(said), LIFETIME);
    }

    /// Null for one that is forged, another's, of another request, too old, or was used before.
    @Nullable
    State open(Exchange exchange, Envelope request, String sealed) {
        byte[] said = seal.open(purpose(exchange, request), sealed);
        if (said == null) {
            return null;
        }
        try {
            JsonNode json = StrictJson.parse(said, BOUNDS);
            boolean fresh = used.asMap().putIfAbsent(json.path("once").asString(""), true) == null;
            return fresh
                    ? new State(
                            json.path("tool").asString(""), json.path("parked").asString(""))
                    : null;
        } catch (Malformed e) {
            return null;
        }
    }

    private static String purpose(Exchange exchange, Envelope request) {
        ObjectNode asked = Json.object().put("method", request.method());
        request.params().forEachEntry((name, value) -> {
            if (name.equals("name") || name.equals("uri") || name.equals("arguments")) {
                asked.set(name, value);
            }
        });
        return "mcp state 1\n" + exchange.who().caller().id() + "\n"
                + exchange.target().path() + "\n"
                + Digest.of(CanonicalJson.bytes(asked)).text();
    }
}
