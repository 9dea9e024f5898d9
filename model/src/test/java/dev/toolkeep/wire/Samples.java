package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.FileCall;
import dev.toolkeep.tool.Framing;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.SocketCall;
import dev.toolkeep.tool.WebSocketCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Documents and templates the tests of this room share.
final class Samples {
    static final CallTemplate.Http HTTP = new CallTemplate.Http(
            HttpCall.Method.POST,
            "https://api.example:8443/pets/{id}?v=${VERSION}",
            "application/json",
            Map.of("X-Trace", "${request_id}", "Accept", "application/json"),
            "pet",
            List.of("If-Match"),
            new Auth.ApiKey("Bearer ${PETS_TOKEN}", "Authorization", Auth.Location.HEADER),
            Duration.ofMillis(2500));

    static final List<CallTemplate> TEMPLATES = List.of(
            HTTP,
            new CallTemplate.Http(
                    HttpCall.Method.GET,
                    "http://127.0.0.1:80/",
                    "application/json",
                    Map.of(),
                    null,
                    List.of(),
                    new Auth.None(),
                    Duration.ofSeconds(30)),
            new CallTemplate.Http(
                    HttpCall.Method.DELETE,
                    "https://[::1]/x",
                    "text/plain",
                    Map.of(),
                    "body",
                    List.of(),
                    new Auth.Basic("${USER}", "${PASSWORD}"),
                    Duration.ofNanos(1)),
            new CallTemplate.Http(
                    new HttpCall(
                            HttpCall.Method.POST,
                            "https://a.example/x",
                            "application/json",
                            Map.of(),
                            Map.of("api-version", "2", "key", "${KEY}"),
                            new HttpCall.Body.Fixed(json("{\"a\":[1.50,null,\"${KEY}\"]}")),
                            List.of("If-Match"),
                            new Auth.None(),
                            Duration.ofSeconds(5)),
                    true),
            new CallTemplate.Http(
                    HttpCall.Method.GET,
                    "https://a.example/",
                    "text/plain",
                    Map.of(),
                    null,
                    List.of(),
                    new Auth.OAuth2("https://login.example/token", "client", "${SECRET}", "read write"),
                    Duration.ofSeconds(1)),
            new CallTemplate.Mcp(
                    new McpServer.Http(
                            "https://mcp.example/mcp",
                            Map.of("X-Key", "${K}"),
                            new Auth.OAuth2("https://login.example/token", "${ID}", "${SECRET}", "")),
                    "echo"),
            new CallTemplate.Sse(HTTP.request(), "tick", false, Duration.ofMillis(250), 7),
            new CallTemplate.StreamableHttp(HTTP.request(), 100),
            new CallTemplate.Grpc(
                    new HttpCall(
                            HttpCall.Method.POST,
                            "https://[::1]:50051/pets.v1.Pets/Find",
                            "application/grpc",
                            Map.of("x-team", "${TEAM}"),
                            Map.of(),
                            new HttpCall.Body.None(),
                            List.of(),
                            new Auth.Basic("${USER}", "${PASSWORD}"),
                            Duration.ofSeconds(5)),
                    "AAEC",
                    7),
            new CallTemplate.GraphQl(
                    new HttpCall(
                            HttpCall.Method.POST,
                            "https://a.example/${TENANT}/graphql",
                            "application/json",
                            Map.of("X-Shop", "${KEY}"),
                            Map.of(),
                            new HttpCall.Body.None(),
                            List.of("If-Match"),
                            new Auth.Basic("${USER}", "${PASSWORD}"),
                            Duration.ofSeconds(5)),
                    CallTemplate.GraphQl.Operation.MUTATION,
                    "add",
                    "query a { a } mutation add($x: In = {a: \"}\"}) { add(x: $x) { id } } # ${NOT_FILLED}",
                    7),
            webSocket(new MessageTemplate.Arguments(), "", "{}", WebSocketCall.Format.ANY, 1),
            webSocket(
                    new MessageTemplate.Tree(json("{\"id\":\"${request_id}\",\"q\":[\"UTCP_ARG_q_UTCP_ARG\",1.50]}")),
                    "chat.v1",
                    "{\"type\":\"price\",\"symbol\":\"UTCP_ARG_symbol_UTCP_ARG\"}",
                    WebSocketCall.Format.JSON,
                    WebSocketCall.STREAM),
            webSocket(new MessageTemplate.Tree(json("[1]")), "", "{}", WebSocketCall.Format.RAW, 7),
            webSocket(new MessageTemplate.Text("{GET UTCP_ARG_q_UTCP_ARG}"), "", "{}", WebSocketCall.Format.TEXT, 1),
            new CallTemplate.Tcp(
                    socket(new MessageTemplate.Arguments(), "utf-8"), new Framing.LengthPrefix(8, false), 1 << 20),
            new CallTemplate.Tcp(
                    socket(new MessageTemplate.Text("SET UTCP_ARG_k_UTCP_ARG ${V}"), ""),
                    new Framing.Delimiter("\\r\\n", true),
                    1),
            new CallTemplate.Tcp(
                    socket(new MessageTemplate.Tree(json("{\"k\":\"${V}\"}")), "utf-16be"),
                    new Framing.Delimiter("\\", false),
                    1),
            new CallTemplate.Tcp(socket(new MessageTemplate.Arguments(), "utf-8"), new Framing.FixedLength(512), 9),
            new CallTemplate.Tcp(socket(new MessageTemplate.Arguments(), "utf-8"), new Framing.Stream(), 9),
            new CallTemplate.Udp(socket(new MessageTemplate.Text("x"), "iso-8859-1"), 0),
            new CallTemplate.Text("the answer\n${NOT_FILLED}"),
            new CallTemplate.Mcp(
                    new McpServer.Stdio(List.of("npx", "-y", "server"), Map.of("TOKEN", "${T}"), "/srv"), "read file"),
            new CallTemplate.Mcp(new McpServer.Stdio(List.of("/bin/server"), Map.of(), ""), "x"),
            new CallTemplate.Mcp(
                    new McpServer.Stdio(List.of("/bin/server"), Map.of(), ""), McpKind.RESOURCE, "file:///x"),
            new CallTemplate.Mcp(new McpServer.Http("https://mcp.example/mcp", Map.of("X-Key", "${K}")), "echo"),
            new CallTemplate.Cli(new CliCall(
                    new CliCall.Form.Program("/usr/bin/jq", List.of("-r", "--", "UTCP_ARG_file_UTCP_END")),
                    Map.of("KEY", "${KEY}"),
                    Set.of("PATH"),
                    "/srv",
                    Duration.ofMillis(1500),
                    Set.of(0, 1),
                    1000,
                    true)),
            new CallTemplate.Cli(new CliCall(
                    new CliCall.Form.Script(List.of(
                            new CliCall.Step("cd /srv", false), new CliCall.Step("ls UTCP_ARG_x_UTCP_ARG", true))),
                    Map.of(),
                    Set.of(),
                    "",
                    Duration.ofSeconds(1),
                    Set.of(0),
                    1,
                    false)),
            new CallTemplate.File(new FileCall("/a/UTCP_ARG_x_UTCP_ARG", List.of("/a"), 10, "utf-16", List.of(".txt"))),
            new CallTemplate.File(new FileCall("/a/${B}", List.of(), 10, "utf-8", List.of())),
            new CallTemplate.Builtin("clock"),
            new CallTemplate.DirectCall("now"),
            new CallTemplate.Unsupported(
                    "grpc", "not supported", json("{\"call_template_type\":\"grpc\",\"x\":[null]}")),
            new CallTemplate.Unsupported(
                    "mcp",
                    "a document may not start a process",
                    json("{\"call_template_type\":\"mcp\",\"config\":{\"mcpServers\":{\"a\":{\"command\":\"sh\"}}}}")));

    private Samples() {}

    static CallTemplate.WebSocket webSocket(
            MessageTemplate message, String subprotocol, String filter, WebSocketCall.Format format, int expected) {
        HttpCall handshake = new HttpCall(
                HttpCall.Method.GET,
                "wss://api.example/{room}?k=${K}",
                "application/json",
                Map.of("Origin", "https://trusted.example", "Authorization", "Bearer ${WS_TOKEN}"),
                Map.of(),
                new HttpCall.Body.None(),
                List.of("X-Room"),
                new Auth.ApiKey("${KEY}", "token", Auth.Location.QUERY),
                Duration.ofSeconds(60));
        return new CallTemplate.WebSocket(new WebSocketCall(
                handshake,
                subprotocol,
                message,
                new WebSocketCall.Replies(format, expected, (ObjectNode) json(filter), Duration.ofMillis(1500)),
                new WebSocketCall.Line(Duration.ofSeconds(2), false, Duration.ofSeconds(7), false)));
    }

    private static SocketCall socket(MessageTemplate message, String charset) {
        return new SocketCall("[fd00::7]", 7007, message, charset, Duration.ofMillis(250));
    }

    static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
