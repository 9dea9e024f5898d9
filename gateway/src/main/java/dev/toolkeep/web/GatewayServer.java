package dev.toolkeep.web;

import dev.toolkeep.call.Gateway;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.mcp.McpDoor;
import dev.toolkeep.web.rest.CallDoor;
import dev.toolkeep.web.rest.ToolsDoor;
import dev.toolkeep.web.utcp.UtcpDoor;
import dev.toolkeep.wire.Bounds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The gateway's listener: all doors on one port, one HTTP server an event loop. Thread-safe.
public final class GatewayServer {
    private static final int PAGE = 250;

    private final Vertx vertx;
    private final DoorOptions options;
    private final ExecutorService maker = Executors.newVirtualThreadPerTaskExecutor();
    private final Closing closing = new Closing();
    private final AtomicInteger open = new AtomicInteger();
    private final List<DoorLoop> loops = new ArrayList<>();
    private final List<Route> routes;
    private final Gateway gateway;

    private GatewayServer(Vertx vertx, Gateway gateway, DoorOptions options) {
        this.vertx = vertx;
        this.gateway = gateway;
        this.options = options;
        this.routes = table(gateway, options, maker, new Health(closing));
    }

    /// Binds and serves. The future fails with what the operating system said when the port cannot be had.
    public static Future<GatewayServer> start(Vertx vertx, Gateway gateway, DoorOptions options) {
        GatewayServer server = new GatewayServer(vertx, gateway, options);
        return server.open().map(server).onFailure(_ -> server.maker.close());
    }

    /// The port it got.
    public int port() {
        return loops.getFirst().port();
    }

    /// Refuses new calls, lets open ones end within `drain`, then closes every connection.
    public Future<Void> stop(Duration drain) {
        closing.begin();
        List<Future<Void>> ends =
                loops.stream().map(loop -> loop.shutdown(drain)).toList();
        return Future.join(ends)
                .transform(_ -> Future.join(loops.stream()
                        .map(loop -> vertx.undeploy(loop.deploymentID()))
                        .toList()))
                .onComplete(_ -> maker.shutdown())
                .mapEmpty();
    }

    /// Every route there is.
    List<Route> routes() {
        return routes;
    }

    private Future<Void> open() {
        return deploy(options).compose(first -> {
            DoorOptions same = options.withPort(port());
            List<Future<String>> others = new ArrayList<>();
            for (int i = 1; i < options.loops(); i++) {
                others.add(deploy(same));
            }
            return Future.all(others).mapEmpty();
        });
    }

    private Future<String> deploy(DoorOptions at) {
        DoorLoop loop = new DoorLoop(gateway, routes, at, open, closing);
        loops.add(loop);
        return vertx.deployVerticle(loop);
    }

    private static List<Route> table(Gateway gateway, DoorOptions options, Executor maker, Health health) {
        Bounds bounds = Bounds.REQUEST.withBytes(options.bodyBytes());
        List<Route> table = new ArrayList<>(health.routes());
        table.addAll(new McpDoor(gateway, bounds, options.version(), PAGE, maker).routes());
        table.addAll(new UtcpDoor(gateway, options.version(), maker).routes());
        table.addAll(new ToolsDoor(gateway, maker).routes());
        table.addAll(new CallDoor(gateway, bounds).routes());
        return List.copyOf(table);
    }
}
