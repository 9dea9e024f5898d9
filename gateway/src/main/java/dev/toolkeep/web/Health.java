package dev.toolkeep.web;

import dev.toolkeep.call.Door;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.Route;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/// The two paths that need no key and tell nothing else: `/healthz` says the process answers, `/readyz` that it takes
/// calls.
final class Health {
    private static final byte[] OK = JsonBytes.ascii("{\"status\":\"ok\"}");

    private final Closing closing;

    Health(Closing closing) {
        this.closing = closing;
    }

    List<Route> routes() {
        return List.of(
                new Route(HttpMethod.GET, "/healthz", Route.Access.ANYBODY, Door.REST, Health::alive),
                new Route(HttpMethod.GET, "/readyz", Route.Access.ANYBODY, Door.REST, this::ready));
    }

    private static void alive(Exchange exchange) {
        exchange.send(200, Exchange.JSON, JsonBytes.wrap(OK));
    }

    private void ready(Exchange exchange) {
        if (closing.begun()) {
            exchange.hangUp();
            exchange.problem(Closing.PROBLEM);
        } else {
            alive(exchange);
        }
    }
}
