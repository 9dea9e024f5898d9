package dev.toolkeep.remote;

import dev.toolkeep.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An MCP endpoint of the gateway, asked with an agent's key (MCP, Streamable HTTP). Thread-safe.
public final class McpLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(61);

    private final URI endpoint;
    private final Secret key;
    private final Loopback line = new Loopback(words -> {});

    /// @param path the endpoint's path: `/mcp`, or `/mcp/` and a toolset
    /// @param key becomes this object's to close
    public McpLine(Listening server, String path, Secret key) {
        this.endpoint = URI.create(server.gateway() + path);
        this.key = key;
    }

    /// One answer: JSON, or a stream of events that [#events] reads. Whoever takes it closes it.
    ///
    /// @param mediaType lower case, without parameters; empty where there was none
    /// @param session the value of `Mcp-Session-Id`; empty where there was none
    public record Answer(int status, String mediaType, String session, InputStream body) implements AutoCloseable {
        public boolean streams() {
            return mediaType.equals("text/event-stream");
        }

        /// The next event of each call; reads at most 64 MiB for one.
        public EventLines events() {
            return new EventLines(body, Loopback.MOST);
        }

        /// All of it, at most 64 MiB.
        public byte[] whole() throws Failed {
            try {
                byte[] read = body.readNBytes(Loopback.MOST + 1);
                if (read.length > Loopback.MOST) {
                    throw Failed.with("answer_too_large", "the answer is larger than 64 MiB", "ask for less at once");
                }
                return read;
            } catch (IOException e) {
                throw Loopback.lost(e);
            }
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException gone) {
                // it was to go
            }
        }
    }

    public Answer post(Map<String, String> headers, byte[] body) throws Failed {
        return send("POST", headers, body);
    }

    /// The stream of what the server says unasked.
    public Answer listen(Map<String, String> headers) throws Failed {
        return send("GET", headers, null);
    }

    /// Ends a session.
    public void end(Map<String, String> headers) throws Failed {
        send("DELETE", headers, null).close();
    }

    private Answer send(String method, Map<String, String> headers, byte @Nullable [] body) throws Failed {
        String accept = method.equals("GET") ? "text/event-stream" : "application/json, text/event-stream";
        HttpResponse<InputStream> answer =
                line.open(new Loopback.Order(method, endpoint, accept, headers, body, PATIENCE), key);
        String session = answer.headers().firstValue("Mcp-Session-Id").orElse("");
        return new Answer(answer.statusCode(), Loopback.mediaType(answer), session, answer.body());
    }

    @Override
    public void close() {
        line.close();
        key.close();
    }
}
