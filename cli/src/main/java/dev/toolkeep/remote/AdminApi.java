package dev.toolkeep.remote;

import dev.toolkeep.secret.Secret;
import dev.toolkeep.wire.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The administration API (docs/api.md) of a running server, asked with an operator's token.
public final class AdminApi implements AutoCloseable {
    /// For what waits for nothing but the server itself.
    private static final Duration QUICK = Duration.ofSeconds(60);
    /// For what reads sources or walks the whole journal.
    private static final Duration SLOW = Duration.ofMinutes(30);

    private final URI console;
    private final Secret token;
    private final Loopback line;

    /// @param token becomes this object's to close
    /// @param notes is told when the server takes longer than a second
    public AdminApi(Listening server, Secret token, Consumer<String> notes) {
        this.console = server.console();
        this.token = token;
        this.line = new Loopback(notes);
    }

    public ObjectNode get(String path) throws Failed {
        return get(path, Map.of());
    }

    /// @param query empty values are left out
    public ObjectNode get(String path, Map<String, String> query) throws Failed {
        return ask("GET", path + written(query), null, QUICK);
    }

    /// What may take as long as a walk through the whole journal.
    public ObjectNode getSlowly(String path) throws Failed {
        return ask("GET", path, null, SLOW);
    }

    public ObjectNode post(String path, JsonNode body) throws Failed {
        return ask("POST", path, Json.bytes(body), QUICK);
    }

    /// What may wait for a source. Null: without a body.
    public ObjectNode postSlowly(String path, @Nullable JsonNode body) throws Failed {
        return ask("POST", path, body == null ? null : Json.bytes(body), SLOW);
    }

    public ObjectNode put(String path, JsonNode body) throws Failed {
        return ask("PUT", path, Json.bytes(body), QUICK);
    }

    public ObjectNode delete(String path, Map<String, String> query) throws Failed {
        return ask("DELETE", path + written(query), null, QUICK);
    }

    /// `name` as one segment of a path.
    public static String segment(String name) throws Failed {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw Failed.usage("a name is missing", "give it as the first argument");
        }
        return "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ObjectNode ask(String method, String path, byte @Nullable [] body, Duration patience) throws Failed {
        URI uri = URI.create(console + "/api/v1" + path);
        Reply reply = line.send(new Loopback.Order(method, uri, "application/json", body, patience), token);
        if (reply.status() == 200 || reply.status() == 201) {
            return Problems.object(reply.body());
        }
        throw Problems.of(reply);
    }

    private static String written(Map<String, String> query) {
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(text.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return text.toString();
    }

    @Override
    public void close() {
        line.close();
        token.close();
    }
}
