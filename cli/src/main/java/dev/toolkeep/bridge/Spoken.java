package dev.toolkeep.bridge;

import dev.toolkeep.protocol.mcp.HeaderParams;
import dev.toolkeep.wire.Malformed;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What was agreed on so far, and the HTTP headers it asks of each message: a session and its revision in the older
/// era (MCP 2025-11-25, Streamable HTTP), a copy of what the body says in the newer (2026-07-28, "Request Metadata").
/// Thread-safe.
final class Spoken {
    private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    private static final Map<String, String> NAMES =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");
    private static final int MOST_TOOLS = 100_000;

    private volatile String session = "";
    private volatile String revision = "";
    private final Map<String, HeaderParams> mirrored = new ConcurrentHashMap<>();

    /// Whether a message is of the newer era, which says its revision in every request.
    static boolean modern(JsonNode message) {
        return message.path("params").path("_meta").path(VERSION).isString();
    }

    Map<String, String> headers(JsonNode message) {
        Map<String, String> headers = new TreeMap<>();
        if (!modern(message)) {
            legacy(headers);
            return headers;
        }
        JsonNode params = message.path("params");
        String method = message.path("method").asString("");
        headers.put("MCP-Protocol-Version", params.path("_meta").path(VERSION).stringValue());
        headers.put("Mcp-Method", HeaderParams.value(method));
        String named = NAMES.get(method);
        if (named != null && params.path(named).isString()) {
            String name = params.path(named).stringValue();
            headers.put("Mcp-Name", HeaderParams.value(name));
            HeaderParams toolParams = method.equals("tools/call") ? mirrored.get(name) : null;
            if (toolParams != null) {
                toolParams.addTo(headers, params.path("arguments"));
            }
        }
        return headers;
    }

    /// Those of the session; none of its own where there is no session.
    Map<String, String> session() {
        Map<String, String> headers = new TreeMap<>();
        legacy(headers);
        return headers;
    }

    boolean hasSession() {
        return !session.isEmpty();
    }

    private void legacy(Map<String, String> headers) {
        if (!session.isEmpty()) {
            headers.put("Mcp-Session-Id", session);
        }
        if (revision.compareTo("2025-06-18") >= 0) {
            headers.put("MCP-Protocol-Version", revision);
        }
    }

    /// Learns from an answer what later messages need.
    void learn(JsonNode request, String sessionHeader, @Nullable JsonNode result) {
        if (result == null) {
            return;
        }
        switch (request.path("method").asString("")) {
            case "initialize" -> {
                session = sessionHeader;
                revision = result.path("protocolVersion").asString("");
            }
            case "tools/list" -> result.path("tools").forEach(this::learn);
            default -> {}
        }
    }

    private void learn(JsonNode tool) {
        String name = tool.path("name").asString("");
        try {
            HeaderParams params = HeaderParams.of(tool.path("inputSchema"));
            if (params.params().isEmpty()) {
                mirrored.remove(name);
            } else if (mirrored.size() < MOST_TOOLS) {
                mirrored.put(name, params);
            }
        } catch (Malformed notCallable) {
            mirrored.remove(name);
        }
    }
}
