package dev.toolkeep.protocol.sse;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Events;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.framing.EventStream;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.http.HttpStream;
import dev.toolkeep.protocol.net.EgressDenied;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// The events of one call. A stream that breaks off is taken up again with `Last-Event-ID`, where the template allows
/// it and the request had no body: such a request may be sent again, any other may not.
final class SseReader implements HttpStream.Reader {
    private static final int RECONNECTS = 5;

    private final HttpStream stream;
    private final Dispatch dispatch;
    private final CallTemplate.Sse template;
    private final HttpMethod method;
    private final HttpPlan.Outgoing outgoing;
    private final Events events;
    private final Bounds bounds;
    private String lastId = "";
    private long retry;
    private boolean everOpened;
    private int reconnects;

    SseReader(
            HttpStream stream,
            Dispatch dispatch,
            CallTemplate.Sse template,
            HttpMethod method,
            HttpPlan.Outgoing outgoing) {
        this.stream = stream;
        this.dispatch = dispatch;
        this.template = template;
        this.method = method;
        this.outgoing = outgoing;
        this.events = new Events(dispatch, template.maxEvents());
        this.bounds = Bounds.ANSWER.withBytes(dispatch.answerBytes());
        this.retry = template.retry().toMillis();
    }

    @Override
    public void opened(HttpClientResponse response) {
        if (response.statusCode() == 204) { // "do not come back"
            finish();
            return;
        }
        String type = response.getHeader("Content-Type");
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            stream.fail(Kind.BAD_ANSWER, "the tool's server did not answer with an event stream");
            return;
        }
        everOpened = true;
        EventStream reading = new EventStream(dispatch.answerBytes(), retry, this::event);
        response.exceptionHandler(failure -> {
            remember(reading);
            broke(failure);
        });
        response.endHandler(end -> finish());
        response.handler(chunk -> {
            try {
                if (!stream.over()) {
                    reading.take(chunk.getBytes());
                }
            } catch (Malformed tooLong) {
                tooLarge();
            }
        });
    }

    /// A first connection that fails is a fault at once: nothing says that there is a stream at all.
    @Override
    public void broke(Throwable failure) {
        if (stream.over()) {
            return;
        }
        boolean again = template.reconnect()
                && everOpened
                && outgoing.body() == null
                && method.equals(HttpMethod.GET)
                && !(failure instanceof EgressDenied)
                && ++reconnects <= RECONNECTS;
        if (again) {
            stream.later(retry, () -> stream.send(method, resuming(), this));
        } else {
            stream.fail(failure);
        }
    }

    private void remember(EventStream reading) {
        lastId = reading.lastId().isEmpty() ? lastId : reading.lastId();
        retry = reading.retry();
    }

    private HttpPlan.Outgoing resuming() {
        if (lastId.isEmpty()) {
            return outgoing;
        }
        List<HttpPlan.Header> headers = new ArrayList<>(outgoing.headers());
        headers.removeIf(header -> header.name().equalsIgnoreCase("Last-Event-ID"));
        headers.add(new HttpPlan.Header("Last-Event-ID", lastId));
        return new HttpPlan.Outgoing(outgoing.target(), List.copyOf(headers), null);
    }

    private void event(EventStream.Event event) {
        boolean wanted = template.eventType().isEmpty() || template.eventType().equals(event.type());
        if (stream.over() || !wanted) {
            return;
        }
        switch (events.take(value(event.data()))) {
            case MORE -> reconnects = 0;
            case ENOUGH -> finish();
            case TOO_LARGE -> tooLarge();
        }
    }

    private JsonNode value(byte[] data) {
        try {
            return StrictJson.parse(data, bounds);
        } catch (Malformed text) {
            return StringNode.valueOf(new String(data, StandardCharsets.UTF_8));
        }
    }

    private void finish() {
        if (!stream.over()) {
            stream.end(new Sent.Answered(events.answer()));
        }
    }

    private void tooLarge() {
        stream.fail(Kind.TOO_LARGE, "the tool's events are more than this call may return");
    }
}
