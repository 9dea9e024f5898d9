package dev.toolkeep.protocol.net;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Fetches whole documents (manuals, OpenAPI documents) through [Egress]. Each of at most five redirects is judged
/// like the first URL; one to another origin loses every header that might carry a credential for good, one from
/// https to http is refused. Bounded in time, size and decompressed size. Thread-safe.
public final class Fetch {
    private static final int REDIRECTS = 5;
    private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> HARMLESS = Set.of("accept", "accept-language", "user-agent");

    private final Vertx vertx;
    private final Egress egress;

    public Fetch(Vertx vertx, Egress egress) {
        this.vertx = vertx;
        this.egress = egress;
    }

    /// Gets `uri`. `headers` go to its own origin only; `maxBytes` bounds the body as sent and as decompressed.
    /// Completes on a Vert.x thread, always with a value.
    public CompletionStage<Fetched> get(
            URI uri, Reach reach, int maxBytes, Duration timeout, Map<String, String> headers) {
        AtomicReference<@Nullable HttpClientRequest> open = new AtomicReference<>();
        Promise<Fetched> done = Promise.promise();
        Ask ask = new Ask(reach, maxBytes, open);
        vertx.runOnContext(start -> hop(uri, headers, ask, 0)
                .timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    HttpClientRequest left = open.getAndSet(null);
                    if (left != null) {
                        left.reset();
                    }
                    return Future.succeededFuture(new Fetched.Failed(fault(failure)));
                })
                .onComplete(done));
        return done.future().toCompletionStage();
    }

    private Future<Fetched> hop(URI uri, Map<String, String> headers, Ask ask, int hops) {
        return egress.request(HttpMethod.GET, uri, ask.reach(), "fetch").compose(request -> {
            ask.open().set(request);
            request.putHeader("Accept-Encoding", "gzip");
            headers.forEach(request::putHeader);
            return request.send().compose(response -> answer(uri, headers, ask, hops, response));
        });
    }

    private Future<Fetched> answer(
            URI uri, Map<String, String> headers, Ask ask, int hops, HttpClientResponse response) {
        if (REDIRECT.contains(response.statusCode())) {
            Body.drop(response);
            return redirect(uri, headers, ask, hops, response.getHeader("Location"));
        }
        if (response.statusCode() != 200) {
            Body.drop(response);
            return failed(Kind.UPSTREAM_STATUS, "the server answered with HTTP status " + response.statusCode());
        }
        String coding = response.getHeader("Content-Encoding");
        String type = response.getHeader("Content-Type");
        return Body.read(response, ask.maxBytes())
                .compose(bytes -> vertx.executeBlocking(() -> Body.decode(bytes, coding, ask.maxBytes())))
                .map(bytes -> new Fetched.Document(bytes, type == null ? "" : type, uri));
    }

    private Future<Fetched> redirect(
            URI from, Map<String, String> headers, Ask ask, int hops, @Nullable String location) {
        if (location == null || hops == REDIRECTS) {
            return failed(Kind.UPSTREAM_STATUS, "the server redirects too often or to nowhere");
        }
        try {
            URI to = from.resolve(location);
            Destination before = Destination.of(from);
            Destination after = Destination.of(to);
            if (before.tls() && !after.tls()) {
                return failed(Kind.EGRESS_DENIED, "the server redirects from https to http");
            }
            return hop(to, before.equals(after) ? headers : withoutCredentials(headers), ask, hops + 1);
        } catch (EgressDenied denied) {
            return Future.failedFuture(denied);
        } catch (IllegalArgumentException e) {
            return failed(Kind.UPSTREAM_STATUS, "the server redirects to something that is not a URL");
        }
    }

    private static Map<String, String> withoutCredentials(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> HARMLESS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .collect(java.util.stream.Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Future<Fetched> failed(Kind kind, String words) {
        return Future.succeededFuture(new Fetched.Failed(ToolFault.of(kind, words)));
    }

    private static ToolFault fault(Throwable failure) {
        return switch (failure) {
            case Body.Unacceptable unacceptable -> unacceptable.fault();
            case TimeoutException _ -> ToolFault.of(Kind.TIMED_OUT, "the document did not arrive in time");
            default -> Faults.of(failure);
        };
    }

    /// What stays the same over all hops; `open` is the request to close when time is up.
    private record Ask(Reach reach, int maxBytes, AtomicReference<@Nullable HttpClientRequest> open) {}
}
