package dev.toolkeep.web.utcp;

import dev.toolkeep.call.Door;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Listing;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.PerListing;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.UtcpManuals;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// `GET /utcp`: a UTCP 1.x manual whose every tool is called at `/v1/call/{tool}` of the address the reader used. Its
/// ETag is the digest of its bytes.
public final class UtcpDoor {
    private static final long MANUALS_BYTES = 128L << 20;

    private final Gateway gateway;
    private final String version;
    private final PerListing<Rendered> rendered;

    private record Rendered(byte[] manual, String tag) {}

    public UtcpDoor(Gateway gateway, String version, Executor maker) {
        this.gateway = gateway;
        this.version = version;
        this.rendered = new PerListing<>(MANUALS_BYTES, it -> it.manual().length, maker);
    }

    public List<Route> routes() {
        return List.of(new Route(HttpMethod.GET, "/utcp", Route.Access.CALLER, Door.UTCP, this::knock));
    }

    private void knock(Exchange exchange) {
        Listing listing = gateway.list(exchange.who().caller());
        String origin = exchange.origin();
        rendered.use(exchange, listing, origin, it -> render(it, origin), manual -> answer(exchange, manual));
    }

    private Rendered render(Listing listing, String origin) {
        byte[] manual = Json.bytes(UtcpManuals.gatewayManual(
                listing.tools().stream().map(Listing.Listed::definition).toList(), origin, version));
        return new Rendered(manual, '"' + Digest.of(manual).text().substring(7, 39) + '"');
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
