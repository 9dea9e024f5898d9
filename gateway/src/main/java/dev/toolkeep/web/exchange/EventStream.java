package dev.toolkeep.web.exchange;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/// An answer in server-sent events. It begins with the first event, so that what fails before has its own status.
/// Memory is bounded: an event that finds the peer's queue full is dropped and counted, the last one never is.
public final class EventStream {
    public static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("text/event-stream");
    private static final byte[] EVENT = JsonBytes.ascii("event: ");
    private static final byte[] DATA = JsonBytes.ascii("\ndata: ");
    private static final byte[] END = JsonBytes.ascii("\n\n");
    private static final int QUEUE_BYTES = 256 * 1024;

    private final Exchange exchange;
    private boolean begun;
    private long dropped;

    public EventStream(Exchange exchange) {
        this.exchange = exchange;
    }

    public boolean begun() {
        return begun;
    }

    /// How many events were dropped because the peer reads too slowly.
    public long dropped() {
        return dropped;
    }

    /// One event on the way. `data` is JSON.
    public void say(String event, byte[] data) {
        if (exchange.over()) {
            return;
        }
        begin();
        if (exchange.response().writeQueueFull()) {
            dropped++;
        } else {
            exchange.response().write(written(event, data).buffer());
        }
    }

    /// One small event that is never dropped.
    public void insist(String event, byte[] data) {
        if (!exchange.over()) {
            begin();
            exchange.response().write(written(event, data).buffer());
        }
    }

    /// The last event.
    public void finish(String event, byte[] data) {
        if (!exchange.over()) {
            begin();
            exchange.flushed(exchange.response().end(written(event, data).buffer()));
        }
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        HttpServerResponse response = exchange.response();
        response.setChunked(true).setWriteQueueMaxSize(QUEUE_BYTES);
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .set(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
                .set("x-accel-buffering", "no")
                .set(Exchange.CALL_ID, exchange.id());
    }

    /// A line break inside JSON is white space, so each starts a new `data:` line.
    private static JsonBytes written(String event, byte[] data) {
        JsonBytes out = new JsonBytes(data.length + event.length() + 32);
        out.raw(EVENT).ascii7(event).raw(DATA);
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n' || data[i] == '\r') {
                out.raw(data, from, i).raw(DATA);
                from = i + 1;
            }
        }
        return out.raw(data, from, data.length).raw(END);
    }
}
