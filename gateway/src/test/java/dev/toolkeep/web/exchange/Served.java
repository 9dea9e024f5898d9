package dev.toolkeep.web.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One handling behind a plain server, for what can only be seen on the wire.
public final class Served implements House, AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> turnedAway = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public Served(Handling handling) {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    Watch watch = new Watch(request.connection(), Duration.ofMinutes(1), Duration.ofMinutes(1));
                    Exchange exchange =
                            new Exchange(request, watch, this, "an-id", new Target(request.path(), java.util.Map.of()));
                    exchange.guarded(() -> handling.handle(exchange));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return server.actualPort();
    }

    public List<String> turnedAway() {
        return turnedAway;
    }

    @Override
    public Executor home() {
        return Runnable::run;
    }

    @Override
    public int bodyBytes() {
        return 1000;
    }

    @Override
    public Duration bodyPatience() {
        return Duration.ofMinutes(1);
    }

    @Override
    public String origin(@Nullable String host) {
        return "http://127.0.0.1";
    }

    @Override
    public void turnedAway(Exchange exchange, String code, String detail) {
        turnedAway.add(code);
    }

    @Override
    public void broke(String callId, Throwable bug) {
        turnedAway.add("bug");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
