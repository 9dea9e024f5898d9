package dev.toolkeep.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// How a [FakeHttpTool] answers one path.
public sealed interface Reply {
    /// JSON that repeats the request: `{"method","path","query","headers":{name:value},"body"}`.
    record Echo() implements Reply {}

    /// The same answer every time.
    record Fixed(int status, Map<String, String> headers, byte[] body) implements Reply {
        public Fixed {
            headers = Map.copyOf(headers);
        }

        public Fixed with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Fixed(status, more, body);
        }
    }

    /// `then`, but not before [FakeHttpTool#release] is called or the server closes: a slow tool without a clock.
    record Held(Reply then) implements Reply {}

    /// A status line and headers at once, then one byte every `pause` until the peer leaves or the server closes.
    record Drip(Duration pause) implements Reply {}

    /// `bytes` bytes of JSON string, in chunks; `Long.MAX_VALUE` never ends.
    record Huge(long bytes) implements Reply {}

    /// gzip that opens to `bytes` zeros and is about a thousandth of it on the wire.
    record Bomb(long bytes) implements Reply {}

    /// Promises more bytes than it sends, then closes the connection.
    record Cut(int promised, byte[] body) implements Reply {}

    static Fixed json(String json) {
        return json(200, json);
    }

    static Fixed json(int status, String json) {
        return of(status, "application/json", json);
    }

    static Fixed text(String text) {
        return of(200, "text/plain; charset=utf-8", text);
    }

    static Fixed of(int status, String contentType, String body) {
        return new Fixed(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /// Says it is JSON and is not.
    static Fixed badJson() {
        return json("{\"answer\": ");
    }

    static Fixed redirect(int status, String location) {
        return new Fixed(status, Map.of("Location", location), new byte[0]);
    }
}
