package dev.toolkeep.protocol.websocket;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.net.Destination;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.tool.WebSocketCall;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One call on its way to a connection: where it wants a token it gets one first, and once more when the handshake is
/// answered with 401. Nothing was said to the tool by then.
///
/// @param secrets the values that the message holds
/// @param bearer null when the handshake needs no token
record Entry(
        Destination to,
        HttpPlan.Outgoing outgoing,
        WebSocketCall call,
        SortedMap<String, String> secrets,
        Dispatch dispatch,
        @Nullable Bearer bearer) {
    void enter(Vertx vertx, Lines lines, Conversation conversation) {
        Bearer proof = bearer;
        if (proof == null) {
            lines.join(Ask.of(to, outgoing, call, secrets, dispatch), conversation);
            return;
        }
        proof.prove(
                vertx,
                (name, value) -> {
                    if (!conversation.exchange().over()) {
                        lines.join(Ask.of(to, proved(name, value), call, secrets, dispatch), conversation);
                    }
                },
                fault -> conversation.exchange().end(new Sent.Failed(fault)));
    }

    /// Whether a handshake that was not accepted may be tried once more.
    boolean again() {
        return bearer != null && bearer.renew();
    }

    private HttpPlan.Outgoing proved(String name, String value) {
        List<HttpPlan.Header> headers = new ArrayList<>(outgoing.headers());
        headers.add(new HttpPlan.Header(name, value));
        return new HttpPlan.Outgoing(outgoing.target(), List.copyOf(headers), outgoing.body());
    }
}
