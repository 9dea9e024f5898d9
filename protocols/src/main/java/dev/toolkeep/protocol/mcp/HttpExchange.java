package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.framing.EventStream;
import dev.toolkeep.protocol.net.Body;
import dev.toolkeep.protocol.net.EgressDenied;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One question over Streamable HTTP: a POST and its answer, as JSON or on a stream of events. A legacy stream that
/// breaks off after it named an event is taken up again by GET with `Last-Event-ID` (2025-11-25, Resumability). What
/// arrives is handled on the request's event loop, one thing at a time.
final class HttpExchange {
    private static final int ENVELOPE = 4096;
    private static final int RESUMED_AT_MOST = 10;
    private static final int QUESTIONS_AT_MOST = 100;
    private static final long LINGER = 1000;
    private static final long RETRY = 1000;

    private final HttpWire wire;
    private final Ask ask;
    private final McpOptions.Limits limits;
    private final @Nullable Bearer bearer;
    private final Bounds bounds;
    private final int longest;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private volatile @Nullable HttpClientRequest current;
    private String lastEvent = "";
    private int resumed;
    private int questions;
    private int strays;

    HttpExchange(HttpWire wire, Ask ask, McpOptions.Limits limits, @Nullable Bearer bearer) {
        this.wire = wire;
        this.ask = ask;
        this.limits = limits;
        this.bearer = bearer;
        this.longest = Math.min(limits.messageBytes(), ask.answerBytes()) + ENVELOPE;
        this.bounds = Bounds.ANSWER.withBytes(longest);
    }

    CompletableFuture<Reply> reply() {
        return reply;
    }

    /// False when it had an outcome before.
    boolean finish(Reply outcome) {
        return reply.complete(outcome);
    }

    void start() {
        byte[] body = Message.request(ask.id(), ask.method(), ask.params());
        wire.request(HttpMethod.POST, ask.headers(), bearer)
                .compose(request -> {
                    hold(request);
                    return request.send(Buffer.buffer(body));
                })
                .onComplete(this::answered, this::failed);
    }

    /// Closes the connection of an exchange that is over before its answer was.
    void reset() {
        HttpClientRequest request = current;
        if (request != null) {
            request.reset();
        }
    }

    private void hold(HttpClientRequest request) {
        current = request;
        request.exceptionHandler(_ -> {}); // a reset of ours is no error to log
        if (reply.isDone()) {
            request.reset();
        }
    }

    private void failed(Throwable failure) {
        finish(
                switch (failure) {
                    case EgressDenied denied -> Reply.broken(Kind.EGRESS_DENIED, String.valueOf(denied.getMessage()));
                    case NoToken none -> new Reply.Broken(none.fault());
                    default -> Reply.broken(Kind.UNREACHABLE, "the MCP server cannot be reached");
                });
    }

    private void answered(HttpClientResponse response) {
        response.exceptionHandler(_ -> {}); // whoever reads the body listens in its place
        if (response.statusCode() == 401 && !reply.isDone() && bearer != null && bearer.renew()) {
            Body.drop(response);
            start();
            return;
        }
        String encoding = header(response, "Content-Encoding");
        if (!encoding.isEmpty() && !encoding.equals("identity")) {
            refuse(Kind.BAD_ANSWER, "the MCP server sent compressed content nobody asked for");
            return;
        }
        String session = response.getHeader("Mcp-Session-Id");
        if (ask.method().equals("initialize") && session != null && !wire.adopt(session)) {
            refuse(Kind.BAD_ANSWER, "the MCP server gave a session id that is no visible ASCII");
            return;
        }
        if (response.statusCode() == 200 && header(response, "Content-Type").startsWith("text/event-stream")) {
            stream(response);
        } else {
            collect(response);
        }
    }

    private static String header(HttpClientResponse response, String name) {
        String value = response.getHeader(name);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    private void collect(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(this::failed);
        response.endHandler(_ -> whole(response.statusCode(), body.getBytes()));
        response.handler(chunk -> {
            if (body.length() + chunk.length() > longest) {
                refuse(Kind.TOO_LARGE, "the MCP server's answer is too large");
            } else {
                body.appendBuffer(chunk);
            }
        });
    }

    private void whole(int status, byte[] body) {
        if (reply.isDone()) {
            return;
        }
        List<Message> messages;
        try {
            messages = Message.read(body, bounds);
        } catch (Malformed e) {
            messages = List.of();
        }
        for (Message message : messages) {
            if (message instanceof Message.Response response && response.id() == ask.id()) {
                finish(lost(status, response.reply(status)));
            } else if (status >= 300 && message instanceof Message.Stray stray && stray.error() != null) {
                finish(lost(status, new Message.Response(ask.id(), null, stray.error()).reply(status)));
            } else {
                other(message, body.length);
            }
        }
        if (status >= 300) {
            String text = new String(body, 0, Math.min(body.length, 2000), StandardCharsets.UTF_8);
            finish(lost(status, new Reply.Status(status, text)));
        } else {
            finish(Reply.broken(Kind.BAD_ANSWER, "the MCP server's answer is no valid JSON-RPC response"));
        }
    }

    /// A 404 to a session means the session is gone, unless it says that the method is what was not found.
    private Reply lost(int status, Reply otherwise) {
        boolean method = otherwise instanceof Reply.RpcError error && error.code() == -32601;
        return status == 404 && wire.hasSession() && !method ? new Reply.SessionLost() : otherwise;
    }

    private void stream(HttpClientResponse response) {
        EventStream stream = new EventStream(longest, RETRY, this::event);
        response.exceptionHandler(_ -> brokeOff(stream));
        response.endHandler(_ -> brokeOff(stream));
        response.handler(chunk -> {
            try {
                stream.take(chunk.getBytes());
            } catch (Malformed e) {
                refuse(Kind.TOO_LARGE, "the MCP server's answer is too large");
            }
        });
    }

    private void event(EventStream.Event event) {
        byte[] data = event.data();
        if (reply.isDone() || !event.message()) {
            return;
        }
        try {
            for (Message message : Message.read(data, bounds)) {
                if (message instanceof Message.Response response && response.id() == ask.id()) {
                    boolean fits = data.length <= ask.answerBytes();
                    finish(
                            fits
                                    ? response.reply(0)
                                    : Reply.broken(Kind.TOO_LARGE, "the MCP server's answer is too large"));
                    // The server should close now; one that does not shall not keep the connection.
                    wire.later(LINGER, this::reset);
                } else {
                    other(message, data.length);
                }
            }
        } catch (Malformed e) {
            if (IdGuess.of(data) == ask.id() || ++strays > limits.garbage()) {
                refuse(Kind.BAD_ANSWER, "the MCP server's answer is no valid JSON-RPC: " + e.getMessage());
            }
        }
    }

    private void other(Message message, int size) {
        if (++strays > limits.strays()) {
            refuse(Kind.BAD_ANSWER, "the MCP server sends more than anybody asked for");
            return;
        }
        switch (message) {
            case Message.Request request -> {
                if (++questions <= QUESTIONS_AT_MOST) {
                    wire.answer(request, ask);
                }
            }
            case Message.Notification notification -> notified(notification, size);
            case Message.Response _ -> {
                // Another id: nobody asked here.
            }
            case Message.Stray _ -> {
                // No id of ours.
            }
        }
    }

    private void notified(Message.Notification notification, int size) {
        if (notification.method().equals("notifications/tools/list_changed")) {
            wire.events().toolsChanged();
        } else if (notification.method().equals("notifications/message")
                && size <= Ask.PROGRESS_BYTES
                && !reply.isDone()) {
            ask.hearing().log(notification.params());
        } else if (notification.method().equals("notifications/progress")
                && notification.params().path("progressToken").asLong(0) == ask.id()
                && size <= Ask.PROGRESS_BYTES
                && !reply.isDone()) {
            ask.hearing().progress(notification.params());
        }
    }

    private void brokeOff(EventStream stream) {
        if (reply.isDone()) {
            return;
        }
        if (!stream.lastId().isEmpty()) {
            lastEvent = stream.lastId();
        }
        if (lastEvent.isEmpty() || HttpWire.modern(ask) || ++resumed > RESUMED_AT_MOST) {
            finish(Reply.broken(Kind.UNREACHABLE, "the MCP server's stream ended before the answer"));
            return;
        }
        wire.later(stream.retry(), this::resume);
    }

    private void resume() {
        if (reply.isDone()) {
            return;
        }
        Map<String, String> headers = new HashMap<>(ask.headers());
        headers.put("Last-Event-ID", lastEvent);
        wire.request(HttpMethod.GET, headers, bearer)
                .compose(request -> {
                    hold(request);
                    return request.send();
                })
                .onComplete(this::answered, this::failed);
    }

    private void refuse(Kind kind, String message) {
        finish(Reply.broken(kind, message));
        reset();
    }
}
