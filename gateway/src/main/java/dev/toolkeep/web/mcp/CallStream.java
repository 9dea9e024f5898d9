package dev.toolkeep.web.mcp;

import dev.toolkeep.protocol.Progress;
import dev.toolkeep.web.exchange.ContentType;
import dev.toolkeep.web.exchange.EventStream;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.wire.Json;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The reply to one `tools/call`: JSON, unless the client gave a progress token, takes events, and the tool says
/// something on the way; then events, the reply being the last.
final class CallStream implements Progress {
    private static final String EVENT = "message";

    private final Exchange exchange;
    private final EventStream events;
    private final @Nullable JsonNode token;
    private final boolean takesEvents;
    private double reached = Double.NEGATIVE_INFINITY;

    /// @param meta of the request
    static CallStream of(Exchange exchange, ObjectNode meta) {
        JsonNode token = meta.get("progressToken");
        boolean valid = token != null && (token.isString() || token.isIntegralNumber());
        boolean told = ContentType.takesEvents(exchange.header(HttpHeaders.ACCEPT));
        return new CallStream(exchange, told && valid ? token : null, told);
    }

    /// @param token the client's progress token; null when it wants no progress
    /// @param takesEvents whether the client takes events at all
    CallStream(Exchange exchange, @Nullable JsonNode token, boolean takesEvents) {
        this.takesEvents = takesEvents;
        this.exchange = exchange;
        this.events = new EventStream(exchange);
        this.token = token;
    }

    /// An event that counts is passed on with its numbers, any other counts one up. What does not go forward is left
    /// out: progress must increase.
    @Override
    public void say(JsonNode event) {
        if (token == null) {
            return;
        }
        JsonNode counted = event.path("progress");
        double progress = counted.isNumber() ? counted.doubleValue() : Math.max(0, reached) + 1;
        if (!(progress > reached)) {
            return;
        }
        reached = progress;
        ObjectNode params = Json.object();
        params.set("progressToken", token);
        if (counted.isNumber()) {
            params.set("progress", counted);
            copy(event, "total", params);
            copy(event, "message", params);
        } else {
            params.put("progress", progress);
            params.put("message", event.isString() ? event.stringValue() : Json.text(event));
        }
        ObjectNode notification = Json.object();
        notification
                .put("jsonrpc", "2.0")
                .put("method", "notifications/progress")
                .set("params", params);
        events.say(EVENT, Json.bytes(notification));
    }

    @Override
    public void log(JsonNode message) {
        if (takesEvents) {
            ObjectNode notification = Json.object();
            notification
                    .put("jsonrpc", "2.0")
                    .put("method", "notifications/message")
                    .set("params", message);
            events.say(EVENT, Json.bytes(notification));
        }
    }

    boolean takesEvents() {
        return takesEvents;
    }

    /// A request to the client, which is never dropped; false when there is no client any more.
    boolean insist(ObjectNode request) {
        events.insist(EVENT, Json.bytes(request));
        return !exchange.over();
    }

    boolean begun() {
        return events.begun();
    }

    void reply(JsonBytes reply) {
        reply(200, reply);
    }

    /// @param status when it is not too late for one
    void reply(int status, JsonBytes reply) {
        if (events.begun()) {
            events.finish(EVENT, reply.bytes());
        } else {
            exchange.json(status, reply);
        }
    }

    private static void copy(JsonNode event, String name, ObjectNode params) {
        JsonNode value = event.get(name);
        if (value != null && (value.isNumber() || value.isString())) {
            params.set(name, value);
        }
    }
}
