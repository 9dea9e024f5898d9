package dev.toolkeep.web.utcp;

import dev.toolkeep.call.Door;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Listing;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.toolset.Toolset;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.PerListing;
import dev.toolkeep.web.exchange.Problem;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.exchange.TurnedAway;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.UtcpManuals;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP 1.x manuals, each filtered for its reader. Every tool is called at `/v1/call/{tool}` of the address the reader
/// used; the ETag is the digest of the bytes.
///
/// `/utcp` is the manual of all tools, `/utcp/{toolset}` that of one toolset, and `/.well-known/utcp` names them: its
/// `manual_call_templates` are what a UTCP client's configuration takes under that name.
public final class UtcpDoor {
    private static final long MANUALS_BYTES = 128L << 20;

    private final Gateway gateway;
    private final String version;
    private final PerListing<Rendered> rendered;

    private record Rendered(byte[] manual, String tag) {
        static Rendered of(ObjectNode document) {
            byte[] bytes = Json.bytes(document);
            return new Rendered(bytes, '"' + Digest.of(bytes).text().substring(7, 39) + '"');
        }
    }

    public UtcpDoor(Gateway gateway, String version, Executor maker) {
        this.gateway = gateway;
        this.version = version;
        this.rendered = new PerListing<>(MANUALS_BYTES, it -> it.manual().length, maker);
    }

    public List<Route> routes() {
        return Stream.of(HttpMethod.GET, HttpMethod.HEAD)
                .flatMap(method -> Stream.of(
                        new Route(method, "/utcp", Route.Access.CALLER, Door.UTCP, this::knock),
                        new Route(method, "/utcp/{toolset}", Route.Access.CALLER, Door.UTCP, this::knock),
                        new Route(method, "/.well-known/utcp", Route.Access.CALLER, Door.UTCP, this::discover)))
                .toList();
    }

    private void discover(Exchange exchange) {
        Listing all = gateway.list(exchange.who().caller());
        String origin = exchange.origin();
        rendered.use(
                exchange,
                all,
                "discovery " + gateway.revision() + " " + origin,
                it -> directory(it, origin),
                document -> answer(exchange, document));
    }

    private Rendered directory(Listing all, String origin) {
        ObjectNode document = Json.object().put("utcp_version", UtcpManuals.VERSION);
        ArrayNode manuals = document.putArray("manual_call_templates");
        manuals.add(UtcpManuals.manualTemplate(Toolset.WHOLE, origin + "/utcp"));
        gateway.toolsets(all)
                .forEach(toolset ->
                        manuals.add(UtcpManuals.manualTemplate(toolset.name(), origin + "/utcp/" + toolset.name())));
        return Rendered.of(document);
    }

    private void knock(Exchange exchange) throws TurnedAway {
        Listing listing;
        try {
            listing = gateway.list(exchange.who().caller(), exchange.toolset());
        } catch (Refused refused) {
            throw TurnedAway.with(Problem.of(refused.why()));
        }
        String toolset = exchange.toolset();
        String origin = exchange.origin();
        rendered.use(exchange, listing, origin, it -> render(it, toolset, origin), manual -> answer(exchange, manual));
    }

    private Rendered render(Listing listing, String toolset, String origin) {
        List<UtcpManuals.Served> tools = listing.tools().stream()
                .map(listed -> new UtcpManuals.Served(listed.name(), listed.definition()))
                .toList();
        return Rendered.of(UtcpManuals.gatewayManual(tools, toolset, origin, version));
    }

    private static void answer(Exchange exchange, Rendered manual) {
        exchange.response()
                .putHeader(HttpHeaders.ETAG, manual.tag())
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .putHeader(HttpHeaders.VARY, "authorization");
        if (known(exchange.header(HttpHeaders.IF_NONE_MATCH), manual.tag())) {
            exchange.empty(304);
        } else {
            exchange.send(200, Exchange.JSON, JsonBytes.wrap(manual.manual()));
        }
    }

    /// RFC 9110, If-None-Match: weak comparison against each tag listed, or any.
    private static boolean known(@Nullable String tags, String tag) {
        if (tags == null) {
            return false;
        }
        for (String candidate : tags.split(",", 64)) {
            String bare = candidate.strip();
            if (bare.equals("*") || (bare.startsWith("W/") ? bare.substring(2) : bare).equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
