package dev.toolkeep.web.mcp;

import dev.toolkeep.call.Door;
import dev.toolkeep.call.DoorRefusal;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.web.exchange.ContentType;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.PerListing;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.exchange.TurnedAway;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `POST /mcp` and `POST /mcp/{toolset}`. Stateless in both eras: no session is issued (2025-11-25 makes sessions the
/// server's choice), no stream
/// is kept open, so GET and DELETE are 405 and any node answers any request. The era is chosen request by request.
public final class McpDoor {
    private static final String VERSION_HEADER = "MCP-Protocol-Version";
    private static final String VERSION_META = "io.modelcontextprotocol/protocolVersion";
    private static final long PAGES_BYTES = 64L << 20;
    private static final long INDEXED_TOOLS = 500_000;
    private static final String INSTRUCTIONS = "Every call is checked against what was approved and is recorded. "
            + "A refusal names the rule that said no and what to do next; repeating the same call will not help.";

    private final Gateway gateway;
    private final Bounds bounds;
    private final LegacyMethods legacy;
    private final ModernMethods modern;

    /// @param version this program's version, shown to clients
    /// @param pageSize tools on one page of a list
    /// @param maker renders pages off the event loops
    public McpDoor(Gateway gateway, Bounds bounds, String version, int pageSize, Executor maker) {
        this.gateway = gateway;
        this.bounds = bounds;
        ObjectNode server =
                Json.object().put("name", "toolkeep").put("title", "Toolkeep").put("version", version);
        byte[] serverInfo = new JsonBytes(128)
                .text("io.modelcontextprotocol/serverInfo")
                .ascii7(":")
                .node(server)
                .bytes();
        PerListing<byte[]> rendered = new PerListing<>(PAGES_BYTES, page -> page.length, maker);
        PerListing<Map<String, ShownTool>> index = new PerListing<>(INDEXED_TOOLS, tools -> tools.size() + 1, maker);
        PerListing<Offers> offers = new PerListing<>(INDEXED_TOOLS, Offers::size, maker);
        byte[] tail = ModernMethods.listTail(serverInfo);
        ToolPage oldPages = new ToolPage(Era.LEGACY, pageSize, new byte[0]);
        ToolPage newPages = new ToolPage(Era.MODERN, pageSize, tail);
        Sessions sessions = new Sessions(gateway.seal());
        OpenQuestions questions = new OpenQuestions();
        ModernTalks talks = new ModernTalks(new States(gateway.seal()), new Parking(), serverInfo);
        Calling old = new Calling(Era.LEGACY, gateway, new LegacyTalks(sessions, questions), null);
        Calling now = new Calling(Era.MODERN, gateway, talks, talks);
        this.legacy = new LegacyMethods(
                old,
                new McpTools(
                        Era.LEGACY, gateway, old, oldPages, new CallResult(Era.LEGACY, serverInfo), rendered, index),
                new OfferMethods(Era.LEGACY, gateway, old, offers, pageSize, new byte[0], serverInfo),
                sessions,
                questions,
                server,
                INSTRUCTIONS);
        this.modern = new ModernMethods(
                new McpTools(
                        Era.MODERN, gateway, now, newPages, new CallResult(Era.MODERN, serverInfo), rendered, index),
                new OfferMethods(Era.MODERN, gateway, now, offers, pageSize, tail, serverInfo),
                serverInfo,
                INSTRUCTIONS);
    }

    public List<Route> routes() {
        return List.of(
                new Route(HttpMethod.POST, "/mcp", Route.Access.CALLER, Door.MCP, this::knock),
                new Route(HttpMethod.POST, "/mcp/{toolset}", Route.Access.CALLER, Door.MCP, this::knock),
                new Route(HttpMethod.DELETE, "/mcp", Route.Access.CALLER, Door.MCP, this::end),
                new Route(HttpMethod.DELETE, "/mcp/{toolset}", Route.Access.CALLER, Door.MCP, this::end));
    }

    private void knock(Exchange exchange) throws TurnedAway {
        ContentType.requireJson(exchange);
        exchange.body(body -> read(exchange, body));
    }

    private void end(Exchange exchange) {
        try {
            legacy.end(exchange);
        } catch (RpcError error) {
            refuse(gateway, exchange, null, error);
        }
    }

    private void read(Exchange exchange, byte[] body) {
        JsonNode id = null;
        try {
            JsonNode message = StrictJson.parse(body, bounds);
            id = Envelope.id(message);
            if (message instanceof ObjectNode said
                    && !said.has("method")
                    && (said.has("result") || said.has("error"))) {
                legacy.responded(exchange, said);
                return;
            }
            speak(exchange, Envelope.read(message, body));
        } catch (Malformed malformed) {
            refuse(
                    gateway,
                    exchange,
                    null,
                    new RpcError(400, RpcError.PARSE, "Parse error: " + malformed.getMessage()));
        } catch (RpcError error) {
            refuse(gateway, exchange, id, error);
        }
    }

    /// A request that says a modern or an unknown revision anywhere is modern, even beside an `Mcp-Session-Id`.
    private void speak(Exchange exchange, Envelope request) throws RpcError {
        String header = HeaderCheck.single(exchange, VERSION_HEADER);
        JsonNode meta = request.meta().get(VERSION_META);
        if (meta == null && (header == null || Era.LEGACY_VERSIONS.contains(header))) {
            legacy.answer(exchange, request);
        } else {
            modern.answer(exchange, request, header, meta);
        }
    }

    /// Answers with an error: a request that was turned away at the door, whatever its status, and is recorded.
    static void refuse(Gateway gateway, Exchange exchange, @Nullable JsonNode id, RpcError error) {
        gateway.refusedAtDoor(new DoorRefusal(
                Door.MCP, exchange.id(), exchange.address(), exchange.callerId(), "rpc" + error.code(), error.text()));
        exchange.json(error.status(), Reply.error(id, error));
    }
}
