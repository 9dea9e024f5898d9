package dev.toolkeep.protocol.websocket;

import dev.toolkeep.protocol.framing.WebSocketWriter;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The connections of one source, a bounded number, and the calls that wait for one. Everything happens on its context.
final class Lines {
    private static final int MOST_LINES = 16;
    private static final int MOST_WAITING = 256;

    private final Vertx vertx;
    private final Egress egress;
    private final SecureRandom random;
    private final WebSocketWriter writer;
    private final Context context;
    private final long idleMillis;
    private final List<Line> open = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(Ask ask, Conversation call) {}

    /// @param idleMillis how long a connection is kept that nobody uses
    Lines(Vertx vertx, Egress egress, SecureRandom random, Context context, long idleMillis) {
        this.vertx = vertx;
        this.egress = egress;
        this.random = random;
        this.writer = new WebSocketWriter(random);
        this.context = context;
        this.idleMillis = idleMillis;
    }

    Context context() {
        return context;
    }

    long idleMillis() {
        return idleMillis;
    }

    Future<HttpClientRequest> connect(Ask ask) {
        // A pool of its own: a connection that stays open must not keep the source's other calls waiting.
        String pool = ask.source() + " over WebSockets";
        return egress.request(HttpMethod.GET, ask.to(), ask.outgoing().target(), ask.reach(), pool);
    }

    /// Gives a call its connection, now or later.
    void join(Ask ask, Conversation call) {
        if (placed(ask, call)) {
            return;
        }
        if (waiting.size() >= MOST_WAITING) {
            call.exchange().fail(Kind.UNREACHABLE, "too many calls already wait for the tool's server");
            return;
        }
        Waiting one = new Waiting(ask, call);
        waiting.add(one);
        call.exchange().closing(() -> waiting.remove(one));
    }

    /// A connection or a place on one became free.
    void freed() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.removeFirst();
            if (!next.call().exchange().over() && !placed(next.ask(), next.call())) {
                waiting.addFirst(next);
                return;
            }
        }
    }

    void forget(Line line) {
        open.remove(line);
    }

    private boolean placed(Ask ask, Conversation call) {
        for (Line line : open) {
            if (line.takes(ask.terms(), call)) {
                line.join(call);
                return true;
            }
        }
        if (open.size() >= MOST_LINES) {
            Line unused = open.stream().filter(Line::unused).findFirst().orElse(null);
            if (unused == null) {
                return false;
            }
            unused.retire(); // which may have given its place to a call that waits
            if (open.size() >= MOST_LINES) {
                return false;
            }
        }
        Line line = new Line(vertx, this, ask.terms(), writer);
        open.add(line);
        line.join(call);
        line.open(ask, new Handshake(random, ask.subprotocol()));
        return true;
    }
}
