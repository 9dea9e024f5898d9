package dev.toolkeep.protocol.websocket;

import dev.toolkeep.protocol.framing.WebSocketReader;
import dev.toolkeep.protocol.framing.WebSocketWriter;
import dev.toolkeep.protocol.message.Decoding;
import dev.toolkeep.protocol.net.Body;
import dev.toolkeep.protocol.net.Faults;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Malformed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One connection of one source, and the calls on it. Where its calls carry an id, each answer goes to the call with
/// that id and to no other; where they do not, one call has the connection at a time, and a connection over which an
/// answer might still come late is closed rather than used again. Everything happens on its source's context.
final class Line implements WebSocketReader.Listener {
    private static final int MOST_CALLS = 100;
    private static final int MOST_UNASKED = 1_000;
    private static final int MOST_PINGS = 10_000;
    private static final int ERROR_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Lines lines;
    private final Ask.Terms terms;
    private final WebSocketWriter writer;
    private final WebSocketReader reader;
    private final Map<String, Conversation> calls = new LinkedHashMap<>();
    private @Nullable HttpClientRequest request;
    private @Nullable NetSocket socket;
    private long opening;
    private long idle = -1;
    private long pings = -1;
    private boolean awaitingPong;
    private int pinged;
    private int unasked;
    private boolean over;

    Line(Vertx vertx, Lines lines, Ask.Terms terms, WebSocketWriter writer) {
        this.vertx = vertx;
        this.lines = lines;
        this.terms = terms;
        this.writer = writer;
        this.reader = new WebSocketReader(terms.answerBytes(), this);
    }

    /// Connects; calls may join meanwhile.
    void open(Ask ask, Handshake handshake) {
        long most = Math.max(1, terms.line().connectTimeout().toMillis());
        opening = vertx.setTimer(
                most,
                id -> breakOff(
                        ToolFault.of(Kind.UNREACHABLE, "no WebSocket to the tool's server was opened in time"), 0));
        lines.connect(ask)
                .onComplete(
                        connection -> connected(connection, ask, handshake),
                        failure -> breakOff(Faults.of(failure), 0));
    }

    boolean over() {
        return over;
    }

    boolean unused() {
        return calls.isEmpty();
    }

    /// Whether a call that asks so may share it now.
    boolean takes(Ask.Terms wanted, Conversation call) {
        boolean room = terms.correlation() == null
                ? calls.isEmpty()
                : calls.size() < MOST_CALLS && !calls.containsKey(call.id());
        return !over && room && terms.key().equals(wanted.key());
    }

    void join(Conversation call) {
        vertx.cancelTimer(idle);
        calls.put(call.id(), call);
        call.exchange().closing(() -> leave(call));
        if (socket != null) {
            send(call);
        }
    }

    /// Closes a connection that nobody uses.
    void retire() {
        breakOff(ToolFault.of(Kind.CANCELLED, "the connection was closed on this side"), 1000);
    }

    private void leave(Conversation call) {
        call.left();
        if (!calls.remove(call.id(), call)) {
            return;
        }
        boolean answerMayComeLate = terms.correlation() == null && !call.complete();
        if (socket != null && !over && (answerMayComeLate || (calls.isEmpty() && call.closeAfter()))) {
            retire();
        } else if (calls.isEmpty() && !over) {
            rest();
        }
        lines.freed();
    }

    private void rest() {
        vertx.cancelTimer(idle);
        idle = vertx.setTimer(lines.idleMillis(), id -> retire());
    }

    private void connected(HttpClientRequest connection, Ask ask, Handshake handshake) {
        connection.exceptionHandler(ignored -> {}); // a reset of ours is no error to log
        if (over) {
            connection.reset();
            return;
        }
        request = connection;
        handshake.ask(connection, ask.outgoing());
        connection
                .connect()
                .onComplete(response -> answered(response, handshake), failure -> breakOff(Faults.of(failure), 0));
    }

    private void answered(HttpClientResponse response, Handshake handshake) {
        response.exceptionHandler(ignored -> {}); // the same, until somebody reads
        if (over) {
            return;
        }
        if (response.statusCode() != 101) {
            String words =
                    "the tool's server answered with HTTP status " + response.statusCode() + " and opened no WebSocket";
            boolean proof = response.statusCode() == 401;
            Body.readStart(response, ERROR_BYTES)
                    .onComplete(any -> refused(ToolFault.of(Kind.UPSTREAM_STATUS, words), proof));
            return;
        }
        String problem = handshake.problem(response);
        if (problem != null) {
            breakOff(ToolFault.of(Kind.BAD_ANSWER, problem), 0);
            return;
        }
        opened(response.netSocket());
    }

    private void refused(ToolFault fault, boolean proof) {
        if (!over) {
            List<Conversation> waiting = new ArrayList<>(calls.values());
            end(0);
            waiting.forEach(proof ? call -> call.refused(fault) : call -> call.broke(fault));
            lines.freed();
        }
    }

    private void opened(NetSocket open) {
        vertx.cancelTimer(opening);
        socket = open;
        request = null;
        open.exceptionHandler(failure -> breakOff(Faults.of(failure), 0));
        open.closeHandler(closed -> breakOff(
                ToolFault.of(Kind.UNREACHABLE, "the tool's server closed the connection before its answer"), 0));
        if (terms.line().keepAlive()) {
            pings = vertx.setPeriodic(Math.max(1, terms.line().pingInterval().toMillis()), id -> beat());
        }
        List<Conversation> waiting = new ArrayList<>(calls.values());
        waiting.forEach(this::send);
        if (calls.isEmpty()) {
            rest();
        }
        open.handler(bytes -> take(bytes.getBytes()));
    }

    private void send(Conversation call) {
        NetSocket open = socket;
        if (open == null || over || call.exchange().over()) {
            return;
        }
        pinged = 0;
        call.sent();
        open.write(Buffer.buffer(writer.text(call.message()))).onFailure(failure -> breakOff(Faults.of(failure), 0));
    }

    private void take(byte[] bytes) {
        if (over) {
            return;
        }
        try {
            reader.take(bytes);
        } catch (Malformed malformed) {
            if (reader.tooLarge()) {
                breakOff(ToolFault.of(Kind.TOO_LARGE, "the answer is larger than this call may return"), 1009);
            } else {
                bad("the tool's server broke the WebSocket protocol: " + malformed.getMessage(), 1002);
            }
        }
    }

    @Override
    public void message(boolean text, byte[] bytes) {
        pinged = 0;
        if (over) {
            return;
        }
        if (text && !utf8(bytes)) {
            bad("the tool's server sent text that is not UTF-8", 1007);
            return;
        }
        Conversation call = terms.correlation() == null ? only() : owner(terms.correlation(), bytes);
        if (call != null) {
            unasked = 0;
            call.heard(text, bytes);
        } else if (terms.correlation() == null || ++unasked > MOST_UNASKED) {
            bad("the tool's server sends what was not asked for", 1008);
        }
    }

    private @Nullable Conversation only() {
        return calls.isEmpty() ? null : calls.values().iterator().next();
    }

    private @Nullable Conversation owner(String member, byte[] bytes) {
        try {
            JsonNode id = Decoding.parsed(bytes, terms.answerBytes()).path(member);
            return id.isString() ? calls.get(id.stringValue()) : null;
        } catch (Malformed notJson) {
            return null;
        }
    }

    private static boolean utf8(byte[] bytes) {
        try {
            Decoding.text(bytes, StandardCharsets.UTF_8);
            return true;
        } catch (Malformed malformed) {
            return false;
        }
    }

    @Override
    public void ping(byte[] bytes) {
        NetSocket open = socket;
        if (over || open == null) {
            return;
        }
        if (++pinged > MOST_PINGS || open.writeQueueFull()) {
            bad("the tool's server pings and does not read", 1008);
        } else {
            open.write(Buffer.buffer(writer.pong(bytes)));
        }
    }

    @Override
    public void pong() {
        awaitingPong = false;
    }

    private void beat() {
        NetSocket open = socket;
        if (open == null || over) {
            return;
        }
        if (awaitingPong) {
            breakOff(ToolFault.of(Kind.UNREACHABLE, "the tool's server does not answer pings any more"), 1001);
        } else {
            awaitingPong = true;
            open.write(Buffer.buffer(writer.ping()));
        }
    }

    @Override
    public void close(int code, String reason) {
        List<Conversation> waiting = new ArrayList<>(calls.values());
        end(1000);
        waiting.forEach(call -> call.closed(code, reason));
        lines.freed();
    }

    private void bad(String words, int code) {
        breakOff(ToolFault.of(Kind.BAD_ANSWER, words), code);
    }

    /// Ends the connection and every call on it.
    ///
    /// @param code told to the server; 0: nothing is
    private void breakOff(ToolFault fault, int code) {
        if (over) {
            return;
        }
        List<Conversation> waiting = new ArrayList<>(calls.values());
        end(code);
        waiting.forEach(call -> call.broke(fault));
        lines.freed();
    }

    private void end(int code) {
        over = true;
        calls.clear();
        vertx.cancelTimer(opening);
        vertx.cancelTimer(idle);
        vertx.cancelTimer(pings);
        lines.forget(this);
        NetSocket open = socket;
        if (open != null) {
            if (code != 0) {
                open.write(Buffer.buffer(writer.close(code)));
            }
            open.close();
        } else if (request != null) {
            request.reset();
        }
    }
}
