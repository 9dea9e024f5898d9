package dev.toolkeep.web.mcp;

import dev.toolkeep.tool.McpKind;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The methods of revisions 2025-03-26 to 2025-11-25 that a stateless server has.
final class LegacyMethods {
    private final Calling calling;
    private final McpTools tools;
    private final OfferMethods offers;
    private final ObjectNode server;
    private final String instructions;

    LegacyMethods(Calling calling, McpTools tools, OfferMethods offers, ObjectNode server, String instructions) {
        this.calling = calling;
        this.offers = offers;
        this.tools = tools;
        this.server = server;
        this.instructions = instructions;
    }

    void answer(Exchange exchange, Envelope request) throws RpcError {
        if (request.notification()) {
            if (request.method().equals("notifications/cancelled")) {
                calling.cancel(exchange, request);
            }
            exchange.empty(202);
            return;
        }
        switch (request.method()) {
            case "tools/call" -> tools.call(exchange, request);
            case "tools/list" -> tools.list(exchange, request);
            case "resources/list" -> offers.list(exchange, request, McpKind.RESOURCE);
            case "resources/templates/list" -> offers.list(exchange, request, McpKind.TEMPLATE);
            case "resources/read" -> offers.read(exchange, request);
            case "prompts/list" -> offers.list(exchange, request, McpKind.PROMPT);
            case "prompts/get" -> offers.get(exchange, request);
            case "completion/complete" -> offers.complete(exchange, request);
            case "initialize" -> exchange.json(200, Reply.result(request.id(), initialize(request)));
            case "ping" -> exchange.json(200, Reply.result(request.id(), Json.bytes(Json.object())));
            default ->
                throw new RpcError(200, RpcError.METHOD_NOT_FOUND, "Method not found: this server does not offer it");
        }
    }

    /// Revision 2025-11-25, Lifecycle, "Version Negotiation": the asked-for version if it is served, else the newest
    /// that has a handshake.
    private byte[] initialize(Envelope request) throws RpcError {
        JsonNode asked = request.params().get("protocolVersion");
        if (asked == null || !asked.isString()) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: protocolVersion must be a string");
        }
        String version = Era.LEGACY_VERSIONS.contains(asked.stringValue())
                ? asked.stringValue()
                : Era.LEGACY_VERSIONS.getFirst();
        ObjectNode result = Json.object().put("protocolVersion", version);
        result.set("capabilities", capabilities());
        result.set("serverInfo", server);
        return Json.bytes(result.put("instructions", instructions));
    }

    /// What this side can do, in both eras.
    static ObjectNode capabilities() {
        ObjectNode capabilities = Json.object();
        capabilities.putObject("tools");
        capabilities.putObject("resources");
        capabilities.putObject("prompts");
        capabilities.putObject("completions");
        return capabilities;
    }
}
