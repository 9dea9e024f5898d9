package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.SocketCall;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Call templates as JSON in UTCP's 1.x shape, without loss: `fromJson(toJson(t))` equals `t` for every template.
///
/// Beside UTCP's own types there are `builtin` (`function`) and `unsupported` (`type`, `reason`, `original`);
/// an `mcp` template also names its `tool` and, when that is none, its `kind`. [UtcpManuals] lets a foreign document
/// say neither of the two, nor a
/// command.
public final class Templates {
    private Templates() {}

    public static ObjectNode toJson(CallTemplate template) {
        ObjectNode json = Json.object();
        switch (template) {
            case CallTemplate.Http http -> HttpTemplates.write(http, json);
            case CallTemplate.Sse sse -> HttpTemplates.write(sse, json);
            case CallTemplate.StreamableHttp streamable -> HttpTemplates.write(streamable, json);
            case CallTemplate.GraphQl graphQl -> GraphQlTemplates.write(graphQl, json);
            case CallTemplate.WebSocket webSocket -> WebSocketTemplates.write(webSocket.call(), json);
            case CallTemplate.Tcp tcp -> SocketTemplates.write(tcp, json);
            case CallTemplate.Udp udp -> SocketTemplates.write(udp, json);
            case CallTemplate.Grpc grpc -> GrpcTemplates.write(grpc, json);
            case CallTemplate.Text text ->
                json.put("call_template_type", "text").put("content", text.content());
            case CallTemplate.Mcp mcp -> {
                json.put("call_template_type", "mcp");
                json.putObject("config").putObject("mcpServers").set("server", toJson(mcp.server()));
                json.put("tool", mcp.tool());
                if (mcp.kind() != McpKind.TOOL) {
                    json.put("kind", mcp.kind().word());
                }
            }
            case CallTemplate.Cli cli -> CliTemplates.write(cli.call(), json);
            case CallTemplate.File file -> FileTemplates.write(file.call(), json);
            case CallTemplate.DirectCall direct ->
                json.put("call_template_type", "direct-call").put("callable_name", direct.callable());
            case CallTemplate.Builtin builtin ->
                json.put("call_template_type", "builtin").put("function", builtin.function());
            case CallTemplate.Unsupported unsupported -> {
                json.put("call_template_type", "unsupported").put("type", unsupported.type());
                json.put("reason", unsupported.reason()).set("original", unsupported.original());
            }
        }
        return json;
    }

    /// @throws Malformed when the type is unknown or a field cannot be honoured; the message is the reason to show
    public static CallTemplate fromJson(JsonNode json) throws Malformed {
        return TemplateReader.read(json);
    }

    /// The `host:port` a template may reach; none for a child process and for what never leaves the machine.
    public static SortedSet<String> hosts(CallTemplate template) {
        TreeSet<String> hosts = new TreeSet<>();
        try {
            String url = switch (template) {
                case CallTemplate.Http http -> http.request().url();
                case CallTemplate.Sse sse -> sse.request().url();
                case CallTemplate.StreamableHttp streamable ->
                    streamable.request().url();
                case CallTemplate.GraphQl graphQl -> graphQl.request().url();
                case CallTemplate.Grpc grpc -> grpc.request().url();
                case CallTemplate.Mcp(McpServer.Http server, var kind, var tool) -> server.url();
                case CallTemplate.WebSocket webSocket ->
                    TargetUrl.asHttp(webSocket.call().handshake().url());
                case CallTemplate.Tcp tcp -> socketUrl(tcp.call());
                case CallTemplate.Udp udp -> socketUrl(udp.call());
                case CallTemplate.Mcp mcp -> "";
                case CallTemplate.Text text -> "";
                case CallTemplate.Cli cli -> "";
                case CallTemplate.File file -> "";
                case CallTemplate.DirectCall direct -> "";
                case CallTemplate.Builtin builtin -> "";
                case CallTemplate.Unsupported unsupported -> "";
            };
            if (!url.isEmpty()) {
                hosts.add(TargetUrl.of(url).hostPort());
            }
            if (auth(template) instanceof Auth.OAuth2 oauth) {
                hosts.add(TargetUrl.of(oauth.tokenUrl()).hostPort());
            }
        } catch (Malformed e) {
            throw new IllegalArgumentException("a template whose URL was never read: " + e.getMessage(), e);
        }
        return hosts;
    }

    /// How calls of a template prove themselves.
    private static Auth auth(CallTemplate template) {
        return switch (template) {
            case CallTemplate.Http http -> http.request().auth();
            case CallTemplate.Sse sse -> sse.request().auth();
            case CallTemplate.StreamableHttp streamable -> streamable.request().auth();
            case CallTemplate.GraphQl graphQl -> graphQl.request().auth();
            case CallTemplate.Grpc grpc -> grpc.request().auth();
            case CallTemplate.Mcp(McpServer.Http server, var kind, var tool) -> server.auth();
            case CallTemplate.WebSocket webSocket ->
                webSocket.call().handshake().auth();
            default -> new Auth.None();
        };
    }

    private static String socketUrl(SocketCall call) {
        return "http://" + call.host() + ":" + call.port();
    }

    /// An MCP server as a member of UTCP's `config.mcpServers`.
    public static ObjectNode toJson(McpServer server) {
        ObjectNode json = Json.object();
        switch (server) {
            case McpServer.Stdio stdio -> {
                json.put("transport", "stdio").put("command", stdio.command().getFirst());
                Members.put(
                        json, "args", stdio.command().subList(1, stdio.command().size()));
                Members.put(json, "env", stdio.env());
                if (!stdio.workingDirectory().isEmpty()) {
                    json.put("cwd", stdio.workingDirectory());
                }
            }
            case McpServer.Http http -> {
                json.put("transport", "http").put("url", http.url());
                Members.put(json, "headers", http.headers());
                Auths.write(http.auth(), json);
            }
        }
        return json;
    }

    /// Reads a member of `config.mcpServers`; where `transport` is absent it follows from `command` or `url`.
    public static McpServer serverFromJson(JsonNode json) throws Malformed {
        return TemplateReader.server(json);
    }
}
