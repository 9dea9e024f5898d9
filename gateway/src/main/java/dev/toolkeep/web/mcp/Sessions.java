package dev.toolkeep.web.mcp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.caller.Seal;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sessions of revisions to 2025-11-25. A session's id is the session: what the client said when it began, sealed for
/// this caller and this endpoint, so that any node takes it, a restart loses none, and it is worth nothing to anybody
/// else. What a client changes later (its log level) and which sessions it ended is remembered here, within bounds.
/// Thread-safe.
final class Sessions {
    static final String HEADER = "Mcp-Session-Id";
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final int REMEMBERED = 100_000;
    private static final String USUAL_LEVEL = "info";
    private static final Bounds BOUNDS = new Bounds(16 << 10, 16, 1000, 20);

    private final Seal seal;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Boolean> ended = remembered();
    private final Cache<String, String> levels = remembered();

    Sessions(Seal seal) {
        this.seal = seal;
    }

    /// @param name what the session is known by inside
    /// @param capabilities what the client said it can be asked
    record Session(String name, String version, ObjectNode capabilities) {}

    private static <V> Cache<String, V> remembered() {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(LIFETIME)
                .build();
    }

    /// A new session's id.
    String begin(Exchange exchange, String version, ObjectNode capabilities) {
        byte[] name = new byte[12];
        random.nextBytes(name);
        ObjectNode said = Json.object()
                .put("name", Base64.getUrlEncoder().withoutPadding().encodeToString(name))
                .put("version", version);
        said.set("capabilities", capabilities);
        return seal.seal(purpose(exchange), Json.bytes(said), LIFETIME);
    }

    /// The session the request belongs to; null when it names none.
    ///
    /// @throws RpcError 404 for one that is not this caller's, not of this endpoint, over or ended; 400 for a
    /// request in another version than the session's
    @Nullable
    Session of(Exchange exchange) throws RpcError {
        String id = HeaderCheck.single(exchange, HEADER);
        if (id == null) {
            return null;
        }
        byte[] said = seal.open(purpose(exchange), id);
        Session session = said == null ? null : read(said);
        if (session == null || ended.getIfPresent(session.name()) != null) {
            throw new RpcError(404, RpcError.SESSION_NOT_FOUND, "Session not found: initialize again");
        }
        return session;
    }

    void end(Session session) {
        ended.put(session.name(), true);
    }

    void level(Session session, String level) {
        levels.put(session.name(), level);
    }

    /// The least of the log messages this client wants.
    String level(Session session) {
        String level = levels.getIfPresent(session.name());
        return level == null ? USUAL_LEVEL : level;
    }

    private static @Nullable Session read(byte[] said) {
        try {
            JsonNode json = StrictJson.parse(said, BOUNDS);
            return new Session(
                    json.path("name").asString(""), json.path("version").asString(""), (ObjectNode)
                            json.path("capabilities"));
        } catch (Malformed e) {
            return null;
        }
    }

    private static String purpose(Exchange exchange) {
        return "mcp session 1\n" + exchange.who().caller().id() + "\n"
                + exchange.target().path();
    }
}
