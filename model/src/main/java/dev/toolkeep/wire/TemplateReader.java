package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads one UTCP call template. What other clients silently drop although it changes the call is honoured or refused
/// with its reason.
final class TemplateReader {
    private TemplateReader() {}

    static CallTemplate read(JsonNode json) throws Malformed {
        if (!json.isObject()) {
            throw new Malformed("a call template must be an object");
        }
        String type = Members.text(json, "call_template_type");
        return switch (type) {
            case "http" -> HttpTemplates.http(json);
            case "sse" -> HttpTemplates.sse(json);
            case "streamable_http" -> HttpTemplates.streamable(json);
            case "graphql" -> GraphQlTemplates.read(json);
            case "websocket" -> WebSocketTemplates.read(json);
            case "tcp" -> SocketTemplates.tcp(json);
            case "udp" -> SocketTemplates.udp(json);
            case "grpc" -> GrpcTemplates.read(json);
            case "text" -> text(json);
            case "mcp" -> mcp(json);
            case "cli" -> CliTemplates.read(json);
            case "file" -> FileTemplates.read(json);
            case "direct-call" -> new CallTemplate.DirectCall(Members.text(json, "callable_name"));
            case "builtin" -> new CallTemplate.Builtin(Members.text(json, "function"));
            case "unsupported" -> unsupported(json);
            default -> throw new Malformed("call template type '" + Members.printable(type) + "' is not supported");
        };
    }

    private static CallTemplate text(JsonNode json) throws Malformed {
        if (Members.given(json, "content") == null && Members.given(json, "file_path") != null) {
            return FileTemplates.read(json); // the form of UTCP 1.0
        }
        return new CallTemplate.Text(Members.text(json, "content"));
    }

    private static CallTemplate mcp(JsonNode json) throws Malformed {
        ObjectNode servers = Members.object(Members.object(json, "config"), "mcpServers");
        if (servers.size() != 1) {
            throw new Malformed("an mcp template must name exactly one server in config.mcpServers");
        }
        McpServer server = server(servers.iterator().next());
        return new CallTemplate.Mcp(withAuth(server, Auths.read(json)), kind(json), Members.text(json, "tool"));
    }

    private static McpKind kind(JsonNode json) throws Malformed {
        String word = Members.text(json, "kind", McpKind.TOOL.word());
        for (McpKind kind : McpKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new Malformed("an MCP server offers no '" + Members.printable(word) + "'");
    }

    private static CallTemplate unsupported(JsonNode json) throws Malformed {
        JsonNode original = json.get("original");
        if (original == null) {
            throw new Malformed("original is missing");
        }
        return new CallTemplate.Unsupported(Members.text(json, "type"), Members.text(json, "reason"), original);
    }

    static McpServer server(JsonNode json) throws Malformed {
        if (!json.isObject()) {
            throw new Malformed("an MCP server must be an object");
        }
        boolean hasCommand = Members.given(json, "command") != null;
        String transport = Members.text(json, "transport", hasCommand ? "stdio" : "http");
        return switch (transport) {
            case "stdio" -> stdio(json);
            case "http", "streamable_http", "streamable-http" -> {
                String url = Members.text(json, "url");
                TargetUrl.of(url);
                yield withAuth(new McpServer.Http(url, HttpTemplates.headers(json)), Auths.read(json));
            }
            default ->
                throw new Malformed(
                        "MCP transport '" + Members.printable(transport) + "' is not supported: use stdio or http");
        };
    }

    private static McpServer stdio(JsonNode json) throws Malformed {
        List<String> command = new ArrayList<>();
        JsonNode given = Members.given(json, "command");
        if (given != null && given.isArray()) {
            command.addAll(Members.texts(json, "command"));
        } else {
            command.add(Members.text(json, "command"));
        }
        command.addAll(Members.texts(json, "args"));
        Map<String, String> env = Members.textMap(json, "env");
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw new Malformed("an MCP stdio server needs a command");
        }
        if (hasNul(command)
                || hasNul(env.keySet())
                || hasNul(env.values())
                || env.keySet().stream().anyMatch(name -> name.isEmpty() || name.contains("="))) {
            throw new Malformed("a command or env of an MCP server holds what no process can be given");
        }
        return new McpServer.Stdio(command, env, Members.text(json, "cwd", ""));
    }

    private static boolean hasNul(Iterable<String> texts) {
        for (String text : texts) {
            if (text.indexOf('\0') >= 0) {
                return true;
            }
        }
        return false;
    }

    /// UTCP lets the template carry the `auth` of an HTTP server; it is a header like any other.
    private static McpServer withAuth(McpServer server, Auth auth) throws Malformed {
        return switch (auth) {
            case Auth.None none -> server;
            case Auth.ApiKey(String value, String name, Auth.Location where)
            when server instanceof McpServer.Http(String url, Map<String, String> given, Auth.None none)
                    && where == Auth.Location.HEADER
                    && given.keySet().stream().noneMatch(name::equalsIgnoreCase) -> {
                Map<String, String> headers = new LinkedHashMap<>(given);
                headers.put(name, value);
                yield new McpServer.Http(url, headers);
            }
            case Auth.ApiKey key -> throw new Malformed("auth of an mcp template must be one more header");
            case Auth.OAuth2 oauth
            when server instanceof McpServer.Http(String url, Map<String, String> given, Auth.None none)
                    && given.keySet().stream().noneMatch("Authorization"::equalsIgnoreCase) ->
                new McpServer.Http(url, given, oauth);
            case Auth.OAuth2 oauth ->
                throw new Malformed(
                        "oauth2 of an mcp template needs a server with a url and" + " without an Authorization header");
            case Auth.Basic basic -> throw new Malformed("basic auth of an mcp template is not supported");
        };
    }
}
