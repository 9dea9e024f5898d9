package dev.toolkeep.protocol.websocket;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.net.Destination;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.WebSocketCall;
import dev.toolkeep.wire.Json;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/// What connection a call wants, and how it is asked for.
record Ask(Terms terms, Destination to, HttpPlan.Outgoing outgoing, String subprotocol, String source, Reach reach) {
    /// What stays known of a connection while it is open: no secret among it.
    ///
    /// @param key calls with the same one may share a connection: the same server, credentials, reach and treatment
    /// @param correlation the member by which answers are told apart; null where a connection serves one call at a
    ///     time
    /// @param answerBytes the most bytes of one message
    record Terms(String key, @Nullable String correlation, int answerBytes, WebSocketCall.Line line) {}

    /// Headers that differ from call to call; a shared connection keeps those of the first.
    private static final Set<String> OF_ONE_CALL = Set.of("X-Request-Id", "traceparent");

    /// @param secrets the values that the message holds: what a message proves, it proves for the whole connection
    static Ask of(
            Destination to,
            HttpPlan.Outgoing outgoing,
            WebSocketCall call,
            SortedMap<String, String> secrets,
            Dispatch dispatch) {
        String correlation = call.message().correlation();
        ArrayNode parts = Json.array();
        parts.add(to.origin()).add(outgoing.target());
        TreeMap<String, String> headers = new TreeMap<>();
        for (HttpPlan.Header header : outgoing.headers()) {
            boolean fixed = call.handshake().headers().keySet().stream().anyMatch(header.name()::equalsIgnoreCase);
            if (fixed || !OF_ONE_CALL.contains(header.name())) {
                headers.put(header.name(), header.value());
            }
        }
        headers.forEach((name, value) -> parts.addArray().add(name).add(value));
        secrets.forEach((name, value) -> parts.addArray().add("$" + name).add(value));
        ArrayNode grants = parts.addArray();
        dispatch.reach().grants().stream().sorted().forEach(grants::add);
        parts.add(call.subprotocol()).add(dispatch.answerBytes()).add(correlation == null ? "" : correlation);
        parts.add(call.line().keepAlive()).add(call.line().pingInterval().toMillis());
        // A digest, so that no secret is kept for as long as the connection.
        String key = Digest.of(Json.bytes(parts)).text();
        Terms terms = new Terms(key, correlation, dispatch.answerBytes(), call.line());
        return new Ask(terms, to, outgoing, call.subprotocol(), dispatch.source(), dispatch.reach());
    }
}
