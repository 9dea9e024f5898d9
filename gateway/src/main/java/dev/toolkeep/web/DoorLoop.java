package dev.toolkeep.web;

import dev.toolkeep.call.Gateway;
import dev.toolkeep.web.exchange.Route;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One event loop with its HTTP server; Vert.x shares the port among them. HTTP/1.1 only, no upgrade, no compression
/// in either direction.
final class DoorLoop extends VerticleBase {
    private static final int HEADER_BYTES = 32 * 1024;
    private static final int LINE_BYTES = 8 * 1024;
    private static final int BACKLOG = 1024;
    /// Below zero: a free port, the same for all loops of one deployment.
    private static final int FREE = -1;
    private static final long SWEEP_MS = 500;

    private final Gateway gateway;
    private final List<Route> routes;
    private final DoorOptions options;
    private final AtomicInteger open;
    private final Closing closing;
    private @Nullable HttpServer server;
    private @Nullable FrontDoor front;
    private @Nullable Connections connections;

    DoorLoop(Gateway gateway, List<Route> routes, DoorOptions options, AtomicInteger open, Closing closing) {
        this.gateway = gateway;
        this.routes = routes;
        this.options = options;
        this.open = open;
        this.closing = closing;
    }

    @Override
    public Future<?> start() {
        Connections mine = new Connections(open, options.connections(), options.patience());
        connections = mine;
        HttpServer listener = vertx.createHttpServer(http())
                .connectionHandler(this::connected)
                .requestHandler(request -> requested(request, false))
                .invalidRequestHandler(request -> requested(request, true));
        server = listener;
        int port = options.port() == 0 ? FREE : options.port();
        vertx.setPeriodic(SWEEP_MS, _ -> mine.sweep());
        return listener.listen(port, options.host()).map(bound -> {
            Hosts hosts = new Hosts(options.host(), bound.actualPort(), options.publicOrigins());
            Loop loop = new Loop(context, gateway, hosts, options);
            front = new FrontDoor(
                    gateway, new Routes(routes), hosts, loop, mine, new CallIds(new SecureRandom()), closing);
            return bound;
        });
    }

    int port() {
        HttpServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("not started");
        }
        return listening.actualPort();
    }

    /// Stops listening, lets open exchanges end within `drain`, then closes every connection.
    Future<Void> shutdown(Duration drain) {
        HttpServer listening = server;
        return listening == null ? Future.succeededFuture() : listening.shutdown(drain);
    }

    private void connected(HttpConnection connection) {
        Connections mine = connections;
        if (mine == null) {
            connection.close();
        } else {
            mine.opened(connection);
        }
    }

    private void requested(HttpServerRequest request, boolean garbled) {
        FrontDoor door = front;
        if (door == null) {
            request.connection().close();
        } else if (garbled) {
            door.garbled(request);
        } else {
            door.knock(request);
        }
    }

    private static HttpServerOptions http() {
        return new HttpServerOptions()
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(LINE_BYTES)
                .setAcceptBacklog(BACKLOG)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setHandle100ContinueAutomatically(false)
                .setTcpNoDelay(true);
    }
}
