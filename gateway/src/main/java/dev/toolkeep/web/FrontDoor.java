package dev.toolkeep.web;

import dev.toolkeep.call.Door;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.House;
import dev.toolkeep.web.exchange.Problem;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.exchange.Target;
import dev.toolkeep.web.exchange.TurnedAway;
import dev.toolkeep.web.exchange.Watch;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What every request passes before a door opens: is it meant for us, does it come from where it may, who sends it.
/// Belongs to one event loop.
final class FrontDoor {
    /// What UTCP's security guide answers who may not discover.
    private static final String DISCOVERY = "Invalid discovery token";

    private static final Target NOWHERE = new Target("/", Map.of());

    private final Gateway gateway;
    private final Routes routes;
    private final Hosts hosts;
    private final House house;
    private final Connections connections;
    private final CallIds ids;
    private final Closing closing;

    FrontDoor(
            Gateway gateway,
            Routes routes,
            Hosts hosts,
            House house,
            Connections connections,
            CallIds ids,
            Closing closing) {
        this.gateway = gateway;
        this.routes = routes;
        this.hosts = hosts;
        this.house = house;
        this.connections = connections;
        this.ids = ids;
        this.closing = closing;
    }

    void knock(HttpServerRequest request) {
        Watch watch = connections.of(request.connection());
        if (watch.leaving()) {
            return;
        }
        try {
            framed(request);
            Exchange exchange = new Exchange(request, watch, house, ids.next(), Target.parse(request.uri()));
            exchange.guarded(() -> enter(exchange, request));
        } catch (TurnedAway away) {
            new Exchange(request, watch, house, ids.next(), NOWHERE).refuseAndHangUp(away.problem());
        }
    }

    /// RFC 9112, 6.1: a request whose end only its sender knows is refused, and what follows it is not read. Of both
    /// lengths at once, two lengths or a strange one the HTTP decoder makes a garbled request by itself.
    private static void framed(HttpServerRequest request) throws TurnedAway {
        String coding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (coding != null
                && (!coding.equalsIgnoreCase("chunked")
                        || request.headers()
                                        .getAll(HttpHeaders.TRANSFER_ENCODING)
                                        .size()
                                > 1
                        || request.version() != HttpVersion.HTTP_1_1)) {
            throw TurnedAway.hangingUp(Problem.malformed(
                    "transfer-encoding", "The only transfer coding understood is chunked, once, in HTTP/1.1."));
        }
    }

    private void enter(Exchange exchange, HttpServerRequest request) throws TurnedAway {
        hosts.check(exchange.headers(HttpHeaders.HOST), exchange.headers(HttpHeaders.ORIGIN));
        String path = exchange.target().path();
        Route route = routes.find(request.method(), path);
        if (route == null || !route.open()) {
            keepKeysOutOfUrls(exchange.target());
            authenticate(exchange);
        }
        if (route == null) {
            String allowed = routes.allowed(path);
            if (!allowed.isEmpty()) {
                exchange.response().putHeader(HttpHeaders.ALLOW, allowed);
            }
            throw routes.missing(path);
        }
        if (closing.begun() && !route.open()) {
            throw TurnedAway.hangingUp(Closing.PROBLEM);
        }
        if (route.ofToolset()) {
            within(exchange, Target.decode(path.substring(route.prefix().length())));
        }
        route.handling().handle(exchange);
    }

    /// Unknown and hidden toolsets get the same refusal, before anything is read.
    private void within(Exchange exchange, String toolset) throws TurnedAway {
        try {
            gateway.list(exchange.who().caller(), toolset);
            exchange.within(toolset);
        } catch (Refused refused) {
            throw TurnedAway.with(Problem.of(refused.why()));
        }
    }

    private void authenticate(Exchange exchange) throws TurnedAway {
        List<String> values = exchange.headers(HttpHeaders.AUTHORIZATION);
        try {
            exchange.admit(gateway.authenticate(values.size() == 1 ? values.getFirst() : null));
        } catch (Refused refused) {
            Problem problem = Problem.of(refused.why());
            boolean manual = door(exchange.target().path()) == Door.UTCP;
            throw TurnedAway.with(manual ? problem.saying(DISCOVERY) : problem);
        }
    }

    /// URLs end up in logs and histories: a key in one is refused even beside a good header.
    private static void keepKeysOutOfUrls(Target target) throws TurnedAway {
        for (Map.Entry<String, String> parameter : target.query().entrySet()) {
            String name = parameter.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("access_token") || parameter.getValue().startsWith("tk_")) {
                throw TurnedAway.with(
                        new Problem(
                                400,
                                "key_in_url",
                                "A key must not be sent in the URL.",
                                "key-in-url",
                                "Send it in the header Authorization: Bearer. Have this one replaced: it may have been logged."));
            }
        }
    }

    /// What is not HTTP enough to become a request.
    void garbled(HttpServerRequest request) {
        Watch watch = connections.of(request.connection());
        if (watch.leaving()) {
            return;
        }
        Throwable cause = request.decoderResult().cause();
        Problem problem;
        if (cause instanceof TooLongHttpLineException) {
            problem = new Problem(
                    414, "uri_too_long", "The request line is too long.", "request-line", "Send a shorter URL.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            problem = new Problem(
                    431, "headers_too_large", "The headers are too large.", "header-bytes", "Send fewer headers.");
        } else {
            problem = Problem.malformed("http", "This is not a well-formed HTTP/1.1 request.");
        }
        new Exchange(request, watch, house, ids.next(), NOWHERE).refuseAndHangUp(problem);
    }

    /// Which door's record a path belongs to.
    static Door door(String path) {
        if (path.startsWith("/mcp")) {
            return Door.MCP;
        }
        return path.startsWith("/utcp") || path.equals("/.well-known/utcp") ? Door.UTCP : Door.REST;
    }
}
