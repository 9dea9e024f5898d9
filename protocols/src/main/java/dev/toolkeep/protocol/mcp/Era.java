package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Talk;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// The protocol revision agreed on with a server, and what it asks of every message.
///
/// @param modern stateless, each request carrying its own `_meta` (2026-07-28); else legacy, after `initialize`
record Era(String version, boolean modern) {
    static final Era MODERN = new Era("2026-07-28", true);
    static final String NEWEST_LEGACY = "2025-11-25";
    /// The legacy revisions a server may choose.
    static final List<String> LEGACY = List.of(NEWEST_LEGACY, "2025-06-18", "2025-03-26", "2024-11-05");

    private static final String META = "io.modelcontextprotocol/";

    /// `params` with the `_meta` of this revision, made anew: an own progress token, and in the modern era our version,
    /// our name and that we can do nothing for the server.
    ObjectNode stamp(ObjectNode params, McpOptions options) {
        return stamp(params, options, Talk.NONE);
    }

    /// As above, with what the caller can be asked and which log messages it wants.
    ObjectNode stamp(ObjectNode params, McpOptions options, Talk talk) {
        if (!modern) {
            return params;
        }
        ObjectNode meta = params.get("_meta") instanceof ObjectNode given ? given : params.putObject("_meta");
        meta.put(META + "protocolVersion", version);
        meta.set(META + "clientInfo", clientInfo(options));
        meta.set(META + "clientCapabilities", talk.questions().capabilities());
        if (!talk.logLevel().isEmpty()) {
            meta.put(META + "logLevel", talk.logLevel());
        }
        return params;
    }

    static ObjectNode clientInfo(McpOptions options) {
        return Json.object().put("name", "toolkeep").put("title", "Toolkeep").put("version", options.version());
    }

    /// The HTTP headers that go beside a message (2025-06-18 "Protocol Version Header"; 2026-07-28 "Request Metadata").
    Map<String, String> headers(String method, String name) {
        TreeMap<String, String> headers = new TreeMap<>();
        // 2025-03-26 and older never heard of the header.
        if (version.compareTo("2025-06-18") >= 0) {
            headers.put("MCP-Protocol-Version", version);
        }
        if (modern) {
            headers.put("Mcp-Method", method);
            if (!name.isEmpty()) {
                headers.put("Mcp-Name", HeaderParams.value(name));
            }
        }
        return headers;
    }
}
