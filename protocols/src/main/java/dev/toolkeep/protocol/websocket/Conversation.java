package dev.toolkeep.protocol.websocket;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Events;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.message.Decoding;
import dev.toolkeep.protocol.message.Exchange;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.tool.WebSocketCall;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One call over a connection: what it sends, and what of that which arrives is its answer. On the connection's
/// context.
final class Conversation {
    private static final int MOST_PASSED_OVER = 100_000;

    private final Vertx vertx;
    private final Exchange exchange;
    private final WebSocketCall call;
    private final byte[] message;
    private final String id;
    private final ObjectNode filter;
    private final Events events;
    private final int answerBytes;
    private int passedOver;
    private int answers;
    private long timer = -1;
    private boolean complete;
    private BooleanSupplier refused = () -> false;

    /// @param filter filled in
    Conversation(Vertx vertx, Exchange exchange, WebSocketCall call, byte[] message, ObjectNode filter) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.call = call;
        this.message = message;
        this.id = exchange.dispatch().requestId();
        this.filter = filter;
        this.answerBytes = exchange.dispatch().answerBytes();
        this.events = new Events(
                exchange.dispatch(),
                stream() ? Integer.MAX_VALUE : call.replies().expected());
    }

    /// What correlates its answers.
    String id() {
        return id;
    }

    byte[] message() {
        return message;
    }

    Exchange exchange() {
        return exchange;
    }

    /// Whether every answer it asked for has come, so that nothing of it can come later.
    boolean complete() {
        return complete;
    }

    boolean closeAfter() {
        return call.line().closeAfter();
    }

    /// Its message goes out now.
    void sent() {
        exchange.sent();
        expect(call.replies().timeout().toMillis());
    }

    /// Hears a message of the connection.
    void heard(boolean text, byte[] bytes) {
        if (exchange.over() || !counts(bytes)) {
            return;
        }
        expect(call.replies().timeout().toMillis());
        try {
            Answer answer = read(text, bytes);
            if (call.replies().expected() == 1) {
                end(new Sent.Answered(answer));
            } else if (!stream() || !framed(answer)) {
                take(Decoding.event(answer));
            }
        } catch (Malformed malformed) {
            end(Decoding.bad(malformed), false);
        }
    }

    /// The connection ended with a word from the server.
    void closed(int code, String reason) {
        boolean orderly = code == 1000 || code == 1001 || code == 1005;
        if (stream() && orderly) {
            end(new Sent.Answered(events.answer()));
            return;
        }
        String words = "the tool's server closed the connection before its answer (code " + code + ")";
        end(
                new Sent.Failed(
                        new ToolFault(orderly ? Kind.UNREACHABLE : Kind.UPSTREAM_ERROR, words, printable(reason))),
                false);
    }

    /// What to do when the server does not let this call connect; true when it was enough.
    void onRefusal(BooleanSupplier tried) {
        refused = tried;
    }

    /// The server did not let it connect, because of what it proved itself with.
    void refused(ToolFault fault) {
        if (exchange.over() || !refused.getAsBoolean()) {
            broke(fault);
        }
    }

    /// The connection broke, or was broken off.
    void broke(ToolFault fault) {
        end(new Sent.Failed(fault), false);
    }

    /// Nothing more is waited for.
    void left() {
        vertx.cancelTimer(timer);
    }

    private boolean stream() {
        return call.replies().expected() == WebSocketCall.STREAM;
    }

    private Answer read(boolean text, byte[] bytes) throws Malformed {
        return switch (call.replies().format()) {
            case JSON -> Decoding.json(bytes, answerBytes);
            case TEXT -> new Answer.Text(Decoding.text(bytes, StandardCharsets.UTF_8));
            case RAW -> text ? new Answer.Text(Decoding.text(bytes, StandardCharsets.UTF_8)) : Decoding.raw(bytes);
            case ANY -> text ? Decoding.any(bytes, StandardCharsets.UTF_8, answerBytes) : Decoding.raw(bytes);
        };
    }

    private boolean counts(byte[] bytes) {
        if (filter.isEmpty() || matches(object(bytes))) {
            return true;
        }
        if (++passedOver > MOST_PASSED_OVER) {
            exchange.fail(Kind.BAD_ANSWER, "the tool's server sends too much that was not asked for");
        }
        return false;
    }

    private boolean matches(@Nullable ObjectNode object) {
        if (object == null) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : filter.properties()) {
            if (!member.getValue().equals(object.get(member.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable ObjectNode object(byte[] bytes) {
        try {
            return Decoding.parsed(bytes, answerBytes) instanceof ObjectNode object ? object : null;
        } catch (Malformed notJson) {
            return null;
        }
    }

    /// UTCP's own frames of a stream; true when it was one.
    private boolean framed(Answer answer) {
        if (!(answer instanceof Answer.Json json) || !json.value().path("type").isString()) {
            return false;
        }
        switch (json.value().path("type").stringValue()) {
            case "stream_end" -> end(new Sent.Answered(events.answer()));
            case "tool_error" -> {
                JsonNode error = json.value().path("error");
                String said = error.isString() ? error.stringValue() : Json.text(error);
                end(new Sent.Failed(new ToolFault(Kind.UPSTREAM_ERROR, "the tool says that it failed", said)), false);
            }
            case "tool_response" -> {
                JsonNode result = json.value().get("result");
                take(result == null ? json.value() : result);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void take(JsonNode event) {
        answers++;
        switch (events.take(event)) {
            case MORE -> {}
            case ENOUGH -> end(new Sent.Answered(events.answer()));
            case TOO_LARGE -> exchange.fail(Kind.TOO_LARGE, "the tool's answers are more than this call may return");
        }
    }

    private void expect(long millis) {
        vertx.cancelTimer(timer);
        timer = vertx.setTimer(Math.max(1, millis), id -> silent());
    }

    private void silent() {
        if (stream() && answers > 0 && !exchange.over()) {
            end(new Sent.Answered(events.answer()), false);
        } else {
            exchange.fail(Kind.TIMED_OUT, "the tool did not answer in time");
        }
    }

    private void end(Sent sent) {
        end(sent, true);
    }

    private void end(Sent sent, boolean all) {
        if (!exchange.over()) {
            complete = all;
            exchange.end(sent);
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}|\\p{Cf}", " ").strip();
    }
}
