package dev.toolkeep.web.mcp;

import dev.toolkeep.tool.McpKind;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The methods of revision 2026-07-28, and what every request of it must bring.
final class ModernMethods {
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final Set<String> METHODS = Set.of(
            "server/discover",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "prompts/list",
            "prompts/get",
            "completion/complete");
    private static final int LIST_TTL_MS = 5_000;
    private static final int DISCOVER_TTL_MS = 60_000;

    private final McpTools tools;
    private final OfferMethods offers;
    private final byte[] discovered;

    ModernMethods(McpTools tools, OfferMethods offers, byte[] serverInfo, String instructions) {
        this.tools = tools;
        this.offers = offers;
        ObjectNode capabilities = LegacyMethods.capabilities();
        this.discovered = new JsonBytes(512)
                .ascii7("{\"supportedVersions\":")
                .node(versions())
                .ascii7(",\"capabilities\":")
                .node(capabilities)
                .ascii7(",\"instructions\":")
                .text(instructions)
                .raw(tail(serverInfo, DISCOVER_TTL_MS))
                .ascii7("}")
                .bytes();
    }

    /// What every page of a list ends with. Private: a list is one caller's own.
    static byte[] listTail(byte[] serverInfo) {
        return tail(serverInfo, LIST_TTL_MS);
    }

    void answer(Exchange exchange, Envelope request, @Nullable String header, @Nullable JsonNode version)
            throws RpcError {
        version(header, version);
        if (request.notification()) {
            exchange.empty(202);
            return;
        }
        if (!METHODS.contains(request.method())) {
            throw new RpcError(404, RpcError.METHOD_NOT_FOUND, "Method not found: this server does not offer it");
        }
        meta(request, version);
        if (header == null) {
            throw HeaderCheck.mismatch("MCP-Protocol-Version is missing");
        }
        HeaderCheck.exact(exchange, "Mcp-Method", request.method());
        switch (request.method()) {
            case "tools/call" -> tools.call(exchange, request);
            case "tools/list" -> tools.list(exchange, request);
            case "resources/list" -> offers.list(exchange, request, McpKind.RESOURCE);
            case "resources/templates/list" -> offers.list(exchange, request, McpKind.TEMPLATE);
            case "resources/read" -> offers.read(exchange, request);
            case "prompts/list" -> offers.list(exchange, request, McpKind.PROMPT);
            case "prompts/get" -> offers.get(exchange, request);
            case "completion/complete" -> offers.complete(exchange, request);
            default -> exchange.json(200, Reply.result(request.id(), discovered));
        }
    }

    private static void version(@Nullable String header, @Nullable JsonNode version) throws RpcError {
        if (version != null && !version.isString()) {
            throw invalidMeta("protocolVersion");
        }
        if (version != null && header != null && !header.equals(version.stringValue())) {
            throw HeaderCheck.mismatch("MCP-Protocol-Version does not say what the body says");
        }
        String requested = version == null ? String.valueOf(header) : version.stringValue();
        if (!requested.equals(Era.MODERN_VERSION)) {
            ObjectNode data = Json.object();
            data.set("supported", versions());
            data.put("requested", requested.length() > 64 ? requested.substring(0, 64) : requested);
            throw new RpcError(400, RpcError.UNSUPPORTED_VERSION, "Unsupported protocol version", data);
        }
    }

    private static void meta(Envelope request, @Nullable JsonNode version) throws RpcError {
        if (version == null) {
            throw invalidMeta("protocolVersion");
        }
        if (!request.meta().path(PREFIX + "clientCapabilities").isObject()) {
            throw invalidMeta("clientCapabilities");
        }
    }

    private static RpcError invalidMeta(String key) {
        return new RpcError(400, RpcError.INVALID_PARAMS, "Invalid params: _meta must hold a valid " + PREFIX + key);
    }

    private static ArrayNode versions() {
        ArrayNode versions = Json.array();
        Era.VERSIONS.forEach(versions::add);
        return versions;
    }

    private static byte[] tail(byte[] serverInfo, int ttlMs) {
        return new JsonBytes(256)
                .ascii7(",\"resultType\":\"complete\",\"ttlMs\":")
                .number(ttlMs)
                .ascii7(",\"cacheScope\":\"private\",\"_meta\":{")
                .raw(serverInfo)
                .ascii7("}")
                .bytes();
    }
}
