package dev.toolkeep.web;

import dev.toolkeep.call.Gateway;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.mcp.McpDoor;
import dev.toolkeep.web.rest.CallDoor;
import dev.toolkeep.web.rest.ToolsDoor;
import dev.toolkeep.web.utcp.UtcpDoor;
import dev.toolkeep.wire.Bounds;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Future<Void> stopped;

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

    /// Refuses new calls, lets open ones end within `drain`, then closes every connection. Once is enough; a
    /// second call changes nothing.
    public synchronized Future<Void> stop(Duration drain) {
        Future<Void> already = stopped;
        if (already != null) {
            return already;
        }
        closing.begin();
        stopped = Future.join(loops.stream().map(loop -> loop.shutdown(drain)).toList())
                .transform(_ -> vertx.undeploy(loops.getFirst().deploymentID()))
                .onComplete(_ -> maker.shutdown());
        return stopped;
    }

    /// Every route there is.
    List<Route> routes() {
        return routes;
    }

    private Future<String> open() {
        return vertx.deployVerticle(this::loop, new DeploymentOptions().setInstances(options.loops()));
    }

    private DoorLoop loop() {
        DoorLoop loop = new DoorLoop(gateway, routes, options, open, closing);
        loops.add(loop);
        return loop;
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
