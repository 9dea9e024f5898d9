package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A Streamable HTTP endpoint (MCP 2025-03-26 to 2026-07-28): each message is a POST, answered by JSON or by a stream
/// of events. Every request goes out through [Egress]. Keeps the session id a legacy server gives.
final class HttpWire implements Wire {
    private static final String SESSION = "Mcp-Session-Id";
    private static final int LONGEST_SESSION = 1024;
    private static final long DRAIN = 1000;

    private final Vertx vertx;
    private final Egress egress;
    private final Tokens tokens;
    private final URI uri;
    private final Target target;
    private final McpOptions options;
    private final Events events;
    private final Set<HttpExchange> exchanges = ConcurrentHashMap.newKeySet();
    private volatile String session = "";
    private volatile Map<String, String> lastHeaders = Map.of();
    private volatile boolean closed;

    HttpWire(Vertx vertx, Egress egress, Tokens tokens, Target target, McpOptions options, Events events) {
        this.vertx = vertx;
        this.egress = egress;
        this.tokens = tokens;
        this.uri = URI.create(((McpServer.Http) target.key().server()).url());
        this.target = target;
        this.options = options;
        this.events = events;
    }

    @Override
    public CompletableFuture<Reply> ask(Ask ask) {
        HttpExchange exchange = new HttpExchange(this, ask, options.limits(), bearer());
        if (exchanges.size() >= options.limits().pending()) {
            return CompletableFuture.completedFuture(
                    Reply.broken(Kind.UNREACHABLE, "too many calls wait for the MCP server"));
        }
        exchanges.add(exchange);
        if (closed) {
            exchange.finish(closedReply());
        } else {
            lastHeaders = ask.headers();
            exchange.start();
            ask.withdrawal().then(() -> forsake(exchange, ask));
        }
        return Patience.within(exchange.reply(), ask, () -> withdraw(exchange, ask))
                .whenComplete((_, _) -> exchanges.remove(exchange));
    }

    /// Nobody waits for the answer any more: its caller hears so at once, and the server is told.
    private void forsake(HttpExchange exchange, Ask ask) {
        if (exchange.finish(new Reply.Broken(ToolFault.withdrawn(true)))) {
            exchange.reset();
            tellCancelled(ask, "the caller gave up");
        }
    }

    private Reply withdraw(HttpExchange exchange, Ask ask) {
        Reply late = Reply.broken(Kind.TIMED_OUT, "the MCP server did not answer in time");
        exchange.finish(late);
        exchange.reset();
        tellCancelled(ask, "timed out");
        return late;
    }

    private void tellCancelled(Ask ask, String reason) {
        // In the modern era the closed stream says it; a legacy server wants to be told.
        if (!modern(ask) && !ask.method().equals("initialize") && !ask.method().equals("server/discover")) {
            ObjectNode params = Json.object().put("requestId", ask.id()).put("reason", reason);
            var _ = tell("notifications/cancelled", params, ask.headers());
        }
    }

    static boolean modern(Ask ask) {
        return ask.headers().containsKey("Mcp-Method");
    }

    @Override
    public CompletableFuture<?> tell(String method, ObjectNode params, Map<String, String> headers) {
        return post(Message.notification(method, params), headers);
    }

    /// Answers a question the server asked on the stream of ours that `ask` has open.
    void answer(Message.Request request, Ask ask) {
        CompletableFuture<ObjectNode> answer = ask.hearing().question(request);
        if (answer == null) {
            var _ = post(Message.answer(request), ask.headers());
        } else {
            var _ = answer.thenAccept(response -> {
                var _ = post(Message.answer(request, response), ask.headers());
            });
        }
    }

    /// A POST whose answer does not matter.
    private CompletableFuture<?> post(byte[] body, Map<String, String> headers) {
        return request(HttpMethod.POST, headers, bearer())
                .compose(request -> request.send(Buffer.buffer(body)))
                .onSuccess(this::drain)
                .timeout(options.times().probe().toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture();
    }

    /// Lets an answer that does not matter end by itself, so that its connection can be used again, but not for long.
    private void drain(HttpClientResponse response) {
        long timer = vertx.setTimer(DRAIN, _ -> response.request().reset());
        response.exceptionHandler(_ -> vertx.cancelTimer(timer));
        response.endHandler(_ -> vertx.cancelTimer(timer));
        response.handler(_ -> {});
    }

    private @Nullable Bearer bearer() {
        return target.bearer(tokens);
    }

    /// A connected request with the operator's headers, then ours; fails with [NoToken] when `bearer` has none.
    Future<HttpClientRequest> request(HttpMethod method, Map<String, String> headers, @Nullable Bearer bearer) {
        if (bearer == null) {
            return connect(method, headers, Map.of());
        }
        Promise<HttpClientRequest> connected = Promise.promise();
        bearer.prove(
                vertx,
                (name, value) -> connect(method, headers, Map.of(name, value)).onComplete(connected),
                fault -> connected.fail(new NoToken(fault)));
        return connected.future();
    }

    private Future<HttpClientRequest> connect(
            HttpMethod method, Map<String, String> headers, Map<String, String> proof) {
        return egress.request(method, uri, target.key().reach(), target.key().source())
                .map(request -> {
                    target.filled().forEach(request::putHeader);
                    proof.forEach(request::putHeader);
                    headers.forEach(request::putHeader);
                    boolean asksForStream = method.equals(HttpMethod.GET);
                    request.putHeader(
                            "Accept", asksForStream ? "text/event-stream" : "application/json, text/event-stream");
                    if (method.equals(HttpMethod.POST)) {
                        request.putHeader("Content-Type", "application/json");
                    }
                    if (!session.isEmpty()) {
                        request.putHeader(SESSION, session);
                    }
                    return request;
                });
    }

    /// Takes the session id of an answer to `initialize`; one that is no visible ASCII is refused.
    boolean adopt(String given) {
        boolean valid = given.length() <= LONGEST_SESSION && given.chars().allMatch(c -> c >= 0x21 && c <= 0x7E);
        if (valid) {
            session = given;
        }
        return valid;
    }

    boolean hasSession() {
        return !session.isEmpty();
    }

    Events events() {
        return events;
    }

    /// Runs `task` after `millis`, on an event loop.
    void later(long millis, Runnable task) {
        vertx.setTimer(Math.max(millis, 1), _ -> task.run());
    }

    @Override
    public boolean busy() {
        return !exchanges.isEmpty();
    }

    /// Ends every exchange and, as a good guest, the session (DELETE); waits for that only briefly.
    @Override
    public void close() {
        closed = true;
        for (HttpExchange exchange : exchanges) {
            exchange.finish(closedReply());
            exchange.reset();
        }
        if (session.isEmpty()) {
            return;
        }
        try {
            request(HttpMethod.DELETE, lastHeaders, bearer())
                    .compose(HttpClientRequest::send)
                    .onSuccess(this::drain)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(options.times().grace().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The session ends by itself on the server.
        }
    }

    private static Reply closedReply() {
        return new Reply.Broken(ToolFault.of(Kind.CANCELLED, "the connection to the MCP server was closed"));
    }
}
