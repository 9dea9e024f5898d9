package dev.toolkeep.remote;

import dev.toolkeep.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one way a command reaches a server: HTTP/1.1 to an address of this machine, straight (no proxy, whatever the
/// environment says), following no redirect, for a bounded time and a bounded answer.
final class Loopback implements AutoCloseable {
    /// The longest answer, in bytes.
    static final int MOST = 64 << 20;

    private static final Duration FIRST_WORD = Duration.ofSeconds(1);
    private static final Duration NEXT_WORD = Duration.ofSeconds(10);

    private final Consumer<String> notes;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /// @param notes is told when the server takes longer than a second
    Loopback(Consumer<String> notes) {
        this.notes = notes;
    }

    /// One order.
    ///
    /// @param headers beside those every order has
    /// @param patience the longest it may take, answer and all
    record Order(
            String method,
            URI uri,
            String accept,
            Map<String, String> headers,
            byte @Nullable [] body,
            Duration patience) {
        Order(String method, URI uri, String accept, byte @Nullable [] body, Duration patience) {
            this(method, uri, accept, Map.of(), body, patience);
        }
    }

    /// The whole answer, whatever its status.
    Reply send(Order order, Secret key) throws Failed {
        HttpResponse<byte[]> answer = await(
                client.sendAsync(
                        request(order, key),
                        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST)),
                order.patience());
        return new Reply(answer.statusCode(), mediaType(answer), answer.body());
    }

    /// The answer's head and the stream of its body, which whoever takes it closes.
    HttpResponse<InputStream> open(Order order, Secret key) throws Failed {
        return await(
                client.sendAsync(request(order, key), HttpResponse.BodyHandlers.ofInputStream()), order.patience());
    }

    static String mediaType(HttpResponse<?> answer) {
        return Reply.mediaType(answer.headers().firstValue("Content-Type").orElse(""));
    }

    private static HttpRequest request(Order order, Secret key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(order.uri())
                .header("Authorization", "Bearer " + key.reveal())
                .header("Accept", order.accept());
        order.headers().forEach(request::setHeader);
        byte[] body = order.body();
        if (body == null) {
            return request.method(order.method(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        return request.header("Content-Type", "application/json")
                .method(order.method(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, Duration patience) throws Failed {
        Duration waited = Duration.ZERO;
        Duration step = FIRST_WORD;
        try {
            while (true) {
                try {
                    return answer.get(step.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    waited = waited.plus(step);
                    step = NEXT_WORD;
                    if (waited.compareTo(patience) >= 0) {
                        throw Failed.with(
                                "timed_out",
                                "the server did not answer within " + waited.toSeconds() + " s",
                                "see what became of it: `toolkeep log show --limit 5`");
                    }
                    notes.accept("the server is still at it (" + waited.toSeconds() + " s) ...");
                }
            }
        } catch (ExecutionException e) {
            throw lost(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failed.with("interrupted", "interrupted while waiting for the server", "");
        } finally {
            answer.cancel(true);
        }
    }

    static Failed lost(@Nullable Throwable cause) {
        if (cause instanceof ConnectException || cause instanceof java.net.http.HttpConnectTimeoutException) {
            return Failed.with(
                    "unreachable",
                    "the server of this data folder does not take connections",
                    "it may be starting or stopping: try again, or see what it printed");
        }
        if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("body exceeds capacity")) {
            return Failed.with(
                    "answer_too_large", "the answer is larger than " + (MOST >> 20) + " MiB", "ask for less at once");
        }
        return Failed.with(
                "server_lost",
                "the server went away before it had answered",
                "start it again, then see what became of the order: `toolkeep log show --limit 5`");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
