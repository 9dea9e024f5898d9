package dev.toolkeep.web.rest;

import dev.toolkeep.call.Door;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Listing;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.web.exchange.Cursors;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.PerListing;
import dev.toolkeep.web.exchange.Problem;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.exchange.Target;
import dev.toolkeep.web.exchange.TurnedAway;
import dev.toolkeep.wire.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /v1/tools` (`limit`, `cursor`) and `GET /v1/tools/search` (`q`, `limit`): what the caller may call; with
/// `toolset`, of that toolset alone and by the names it lists.
public final class ToolsDoor {
    private static final int USUAL = 100;
    private static final int MOST = 500;
    private static final int FOUND_USUAL = 10;
    private static final int FOUND_MOST = 100;
    private static final int QUERY_CHARS = 200;
    private static final long PAGES_BYTES = 64L << 20;
    private static final long INDEX_ENTRIES = 5_000_000;

    private final Gateway gateway;
    private final PerListing<byte[]> pages;
    private final PerListing<SearchIndex> indexes;

    public ToolsDoor(Gateway gateway, Executor maker) {
        this.gateway = gateway;
        this.pages = new PerListing<>(PAGES_BYTES, page -> page.length, maker);
        this.indexes = new PerListing<>(INDEX_ENTRIES, SearchIndex::size, maker);
    }

    public List<Route> routes() {
        return List.of(
                new Route(HttpMethod.GET, "/v1/tools", Route.Access.CALLER, Door.REST, this::list),
                new Route(HttpMethod.GET, "/v1/tools/search", Route.Access.CALLER, Door.REST, this::search));
    }

    private void list(Exchange exchange) throws TurnedAway {
        Target target = exchange.target();
        known(target, List.of("limit", "cursor", "toolset"));
        int limit = limit(target, USUAL, MOST);
        String caller = exchange.who().caller().id();
        Listing listing = listing(exchange);
        int place = place(target.query().get("cursor"), caller, listing);
        pages.use(
                exchange,
                listing,
                place + "+" + limit,
                it -> page(it, caller, place, limit),
                page -> answer(exchange, page));
    }

    private void search(Exchange exchange) throws TurnedAway {
        Target target = exchange.target();
        known(target, List.of("limit", "q", "toolset"));
        int limit = limit(target, FOUND_USUAL, FOUND_MOST);
        String text = target.query().getOrDefault("q", "");
        if (text.isBlank() || text.length() > QUERY_CHARS) {
            throw malformed("q", "q must hold 1 to " + QUERY_CHARS + " characters.");
        }
        Listing listing = listing(exchange);
        indexes.use(exchange, listing, "search", SearchIndex::new, index -> {
            ObjectNode found = Json.object();
            ArrayNode tools = found.putArray("tools");
            index.search(text, limit).forEach(tool -> tools.add(shown(tool)));
            answer(exchange, Json.bytes(found));
        });
    }

    /// What the caller may call, of the toolset that the query names.
    private Listing listing(Exchange exchange) throws TurnedAway {
        exchange.within(exchange.target().query().getOrDefault("toolset", ""));
        try {
            return gateway.list(exchange.who().caller(), exchange.toolset());
        } catch (Refused refused) {
            throw TurnedAway.with(Problem.of(refused.why()));
        }
    }

    private static void answer(Exchange exchange, byte[] json) {
        exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        exchange.send(200, Exchange.JSON, JsonBytes.wrap(json));
    }

    private static byte[] page(Listing listing, String caller, int place, int limit) {
        int end = Math.min(listing.tools().size(), place + limit);
        ObjectNode page = Json.object();
        ArrayNode tools = page.putArray("tools");
        listing.tools().subList(place, end).forEach(tool -> tools.add(shown(tool)));
        if (end < listing.tools().size()) {
            page.put("next", Cursors.write(caller, listing.tag(), end));
        }
        return Json.bytes(page);
    }

    private static ObjectNode shown(Listing.Listed listed) {
        ToolDefinition tool = listed.definition();
        ObjectNode shown = Json.object().put("name", listed.name());
        shown.put("title", tool.title());
        shown.put("description", tool.description());
        tool.tags().forEach(shown.putArray("tags")::add);
        shown.set("inputs", tool.inputs());
        shown.set("outputs", tool.outputs());
        shown.set("annotations", tool.annotations());
        return shown.put("digest", listed.digest().text());
    }

    private static int place(@Nullable String cursor, String caller, Listing listing) throws TurnedAway {
        if (cursor == null) {
            return 0;
        }
        OptionalInt place = Cursors.read(cursor, caller, listing.tag());
        if (place.isEmpty() || place.getAsInt() >= listing.tools().size()) {
            throw malformed("cursor", "The cursor is not one of this list; the list has changed. Begin without one.");
        }
        return place.getAsInt();
    }

    private static int limit(Target target, int usual, int most) throws TurnedAway {
        String text = target.query().get("limit");
        if (text == null) {
            return usual;
        }
        boolean digits = text.length() <= 4 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = digits ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) {
            throw malformed("limit", "limit must be 1 to " + most + ".");
        }
        return limit;
    }

    private static void known(Target target, List<String> names) throws TurnedAway {
        for (String name : target.query().keySet()) {
            if (!names.contains(name)) {
                throw malformed("query", "This path takes the query parameters " + String.join(", ", names) + " only.");
            }
        }
    }

    private static TurnedAway malformed(String rule, String detail) {
        return TurnedAway.with(Problem.malformed(rule, detail));
    }
}
