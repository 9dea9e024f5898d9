package dev.toolkeep.remote;

import dev.toolkeep.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The gateway as an agent sees it, asked with an agent's key.
public final class AgentDoor implements AutoCloseable {
    /// The longest deadline a policy may give a call, and a little more.
    private static final Duration PATIENCE = Duration.ofMinutes(61);

    private final URI gateway;
    private final Secret key;
    private final Loopback line;

    /// @param key becomes this object's to close
    /// @param notes is told when the call takes longer than a second
    public AgentDoor(Listening server, Secret key, Consumer<String> notes) {
        this.gateway = server.gateway();
        this.key = key;
        this.line = new Loopback(notes);
    }

    /// The tools this key may call that `words` find.
    public ObjectNode search(String words, int limit) throws Failed {
        String query = "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + "&limit=" + limit;
        Reply reply = line.send(order("GET", "/v1/tools/search" + query, "application/json", null), key);
        if (reply.status() == 200) {
            return Problems.object(reply.body());
        }
        throw Problems.of(reply);
    }

    /// The tool's own answer.
    ///
    /// @throws Failed the refusal or the fault
    public Reply call(String tool, byte[] arguments) throws Failed {
        Reply reply = line.send(order("POST", path(tool), "*/*", arguments), key);
        if (reply.status() == 200) {
            return reply;
        }
        throw Problems.of(reply);
    }

    /// Tells each event as it comes, `result` last.
    ///
    /// @throws Failed the refusal or the fault, also one that comes after events; or a stream cut short
    public void stream(String tool, byte[] arguments, Consumer<EventLines.Event> events) throws Failed {
        HttpResponse<InputStream> answer = line.open(order("POST", path(tool), "text/event-stream", arguments), key);
        String mediaType = Loopback.mediaType(answer);
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200 || !mediaType.equals("text/event-stream")) {
                throw Problems.of(new Reply(answer.statusCode(), mediaType, body.readNBytes(Loopback.MOST)));
            }
            EventLines lines = new EventLines(body, Loopback.MOST);
            for (EventLines.Event event = lines.next(); event != null; event = lines.next()) {
                if (event.name().equals("error")) {
                    throw Problems.of(Problems.object(event.data()));
                }
                events.accept(event);
                if (event.name().equals("result")) {
                    return;
                }
            }
            throw Loopback.lost(null);
        } catch (IOException e) {
            throw Loopback.lost(e);
        }
    }

    private static String path(String tool) throws Failed {
        return "/v1/call" + AdminApi.segment(tool);
    }

    private Loopback.Order order(String method, String path, String accept, byte @Nullable [] body) {
        return new Loopback.Order(method, URI.create(gateway + path), accept, body, PATIENCE);
    }

    @Override
    public void close() {
        line.close();
        key.close();
    }
}
