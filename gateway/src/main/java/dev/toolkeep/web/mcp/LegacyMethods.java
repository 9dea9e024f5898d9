package dev.toolkeep.web.mcp;

import dev.toolkeep.tool.McpKind;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.rpc.ClientCapabilities;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The methods of revisions 2025-03-26 to 2025-11-25.
final class LegacyMethods {
    private static final List<String> LEVELS =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private final Calling calling;
    private final McpTools tools;
    private final OfferMethods offers;
    private final Sessions sessions;
    private final OpenQuestions questions;
    private final ObjectNode server;
    private final String instructions;

    LegacyMethods(
            Calling calling,
            McpTools tools,
            OfferMethods offers,
            Sessions sessions,
            OpenQuestions questions,
            ObjectNode server,
            String instructions) {
        this.sessions = sessions;
        this.questions = questions;
        this.calling = calling;
        this.offers = offers;
        this.tools = tools;
        this.server = server;
        this.instructions = instructions;
    }

    void answer(Exchange exchange, Envelope request) throws RpcError {
        if (request.method().equals("initialize")) {
            exchange.json(200, Reply.result(request.id(), initialize(exchange, request)));
            return;
        }
        Sessions.Session session = session(exchange);
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
            case "logging/setLevel" -> setLevel(exchange, request, session);
            case "ping" -> exchange.json(200, Reply.result(request.id(), Json.bytes(Json.object())));
            default ->
                throw new RpcError(200, RpcError.METHOD_NOT_FOUND, "Method not found: this server does not offer it");
        }
    }

    /// Revision 2025-11-25, Lifecycle, "Version Negotiation": the asked-for version if it is served, else the newest
    /// that has a handshake.
    private byte[] initialize(Exchange exchange, Envelope request) throws RpcError {
        JsonNode asked = request.params().get("protocolVersion");
        if (asked == null || !asked.isString()) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: protocolVersion must be a string");
        }
        String version = Era.LEGACY_VERSIONS.contains(asked.stringValue())
                ? asked.stringValue()
                : Era.LEGACY_VERSIONS.getFirst();
        ObjectNode able = ClientCapabilities.of(request.params().path("capabilities"));
        exchange.response().putHeader(Sessions.HEADER, sessions.begin(exchange, version, able));
        ObjectNode result = Json.object().put("protocolVersion", version);
        ObjectNode capabilities = capabilities();
        capabilities.putObject("logging");
        result.set("capabilities", capabilities);
        result.set("serverInfo", server);
        return Json.bytes(result.put("instructions", instructions));
    }

    private Sessions.@Nullable Session session(Exchange exchange) throws RpcError {
        Sessions.Session session = sessions.of(exchange);
        String version = HeaderCheck.single(exchange, "MCP-Protocol-Version");
        if (session != null && version != null && !version.equals(session.version())) {
            throw new RpcError(
                    400, RpcError.INVALID_REQUEST, "MCP-Protocol-Version is not the one this session agreed on");
        }
        return session;
    }

    /// Without a session there is nothing to keep the level in.
    private void setLevel(Exchange exchange, Envelope request, Sessions.@Nullable Session session) throws RpcError {
        JsonNode level = request.params().path("level");
        if (!level.isString() || !LEVELS.contains(level.stringValue())) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: level must be one of " + LEVELS);
        }
        if (session != null) {
            sessions.level(session, level.stringValue());
        }
        exchange.json(200, Reply.result(request.id(), Json.bytes(Json.object())));
    }

    /// A response to a question of a tool. One that nobody waits for is refused.
    void responded(Exchange exchange, ObjectNode response) throws RpcError {
        Sessions.Session session = session(exchange);
        if (session == null || !questions.answered(session, response)) {
            throw new RpcError(400, RpcError.INVALID_REQUEST, "Invalid request: nobody waits for this response");
        }
        exchange.empty(202);
    }

    /// Ends the session; from then on its id is unknown.
    void end(Exchange exchange) throws RpcError {
        Sessions.Session session = session(exchange);
        if (session == null) {
            throw new RpcError(
                    400, RpcError.INVALID_REQUEST, "Invalid request: Mcp-Session-Id names the session to end");
        }
        sessions.end(session);
        exchange.empty(204);
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
