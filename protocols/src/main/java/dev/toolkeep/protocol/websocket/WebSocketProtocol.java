package dev.toolkeep.protocol.websocket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.protocol.message.Exchange;
import dev.toolkeep.protocol.message.MessagePlan;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.WebSocketCall;
import dev.toolkeep.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls tools over WebSockets (UTCP `websocket`, RFC 6455). The handshake is an HTTP request through the guard, so a
/// `wss` server needs a trusted certificate and a `ws` server a grant; no redirect of it is followed and no extension
/// offered. Connections are kept for later calls where the template says so, never shared between sources, grants or
/// credentials, and bounded in number for each source.
public final class WebSocketProtocol implements Protocol {
    private static final Duration UNUSED_SOURCE = Duration.ofDays(2);

    private final Vertx vertx;
    private final Egress egress;
    private final Tokens tokens;
    private final SecureRandom random;
    private final Cache<String, Lines> sources;
    // Weak keys are compared by identity: a plan lives as long as the snapshot that holds its template.
    private final Cache<CallTemplate, HttpPlan> plans =
            Caffeine.newBuilder().weakKeys().maximumSize(100_000).build();
    private final Duration idle;

    /// @param idle how long a connection is kept that nobody uses
    public WebSocketProtocol(Vertx vertx, Egress egress, Tokens tokens, SecureRandom random, Duration idle) {
        this.vertx = vertx;
        this.egress = egress;
        this.tokens = tokens;
        this.random = random;
        this.idle = idle;
        // Longer than any call may take, so that no connection outlives the count it belongs to.
        this.sources = Caffeine.newBuilder().expireAfterAccess(UNUSED_SOURCE).build();
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.WebSocket template)) {
            return failed(ToolFault.of(ToolFault.Kind.OURS, "not a websocket tool"));
        }
        try {
            WebSocketCall call = template.call();
            HttpPlan plan = plan(template);
            Bearer bearer = Bearer.of(tokens, plan.auth(), dispatch.source(), dispatch.secrets(), dispatch.reach());
            Entry entry = new Entry(
                    plan.to(), outgoing(plan, dispatch), call, secrets(call.message(), dispatch), dispatch, bearer);
            Exchange exchange = new Exchange(vertx, dispatch, call.handshake().timeout());
            Conversation conversation = new Conversation(
                    vertx,
                    exchange,
                    call,
                    MessagePlan.fill(call.message(), plan.placed(), dispatch),
                    MessagePlan.fill(call.replies().filter(), dispatch));
            Lines lines = sources.get(dispatch.source(), this::lines);
            conversation.onRefusal(() -> {
                boolean again = entry.again();
                if (again) {
                    entry.enter(vertx, lines, conversation);
                }
                return again;
            });
            return exchange.startOn(lines.context(), () -> entry.enter(vertx, lines, conversation));
        } catch (Unsendable unsendable) {
            return failed(unsendable.fault());
        }
    }

    private Lines lines(String source) {
        return new Lines(vertx, egress, random, ((VertxInternal) vertx).createEventLoopContext(), idle.toMillis());
    }

    private HttpPlan plan(CallTemplate.WebSocket template) throws Unsendable {
        HttpPlan known = plans.getIfPresent(template);
        if (known != null) {
            return known;
        }
        HttpPlan read = HttpPlan.of(template.call().asHttp());
        plans.put(template, read);
        return read;
    }

    /// Arguments without a place in the request belong to the message.
    private static HttpPlan.Outgoing outgoing(HttpPlan plan, Dispatch dispatch) throws Unsendable {
        ObjectNode placed = Json.object();
        for (String name : plan.placed()) {
            JsonNode value = dispatch.arguments().get(name);
            if (value != null) {
                placed.set(name, value);
            }
        }
        return plan.fill(dispatch.with(placed), "*/*");
    }

    private static SortedMap<String, String> secrets(MessageTemplate message, Dispatch dispatch) {
        Set<String> names = switch (message) {
            case MessageTemplate.Arguments() -> Set.of();
            case MessageTemplate.Text(String text) -> Placeholders.names(text);
            case MessageTemplate.Tree(JsonNode value) -> Placeholders.names(Json.text(value));
        };
        TreeMap<String, String> secrets = new TreeMap<>();
        for (String name : names) {
            String value = name.equals(Placeholders.REQUEST_ID)
                    ? null
                    : dispatch.secrets().value(name);
            if (value != null) {
                secrets.put(name, value);
            }
        }
        return secrets;
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
