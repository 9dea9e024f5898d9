package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

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
            new CallTemplate.Text("the answer\n${NOT_FILLED}"),
            new CallTemplate.Mcp(
                    new McpServer.Stdio(List.of("npx", "-y", "server"), Map.of("TOKEN", "${T}"), "/srv"), "read file"),
            new CallTemplate.Mcp(new McpServer.Stdio(List.of("/bin/server"), Map.of(), ""), "x"),
            new CallTemplate.Mcp(
                    new McpServer.Stdio(List.of("/bin/server"), Map.of(), ""), McpKind.RESOURCE, "file:///x"),
            new CallTemplate.Mcp(new McpServer.Http("https://mcp.example/mcp", Map.of("X-Key", "${K}")), "echo"),
            new CallTemplate.Builtin("clock"),
            new CallTemplate.Unsupported(
                    "grpc", "not supported", json("{\"call_template_type\":\"grpc\",\"x\":[null]}")),
            new CallTemplate.Unsupported(
                    "mcp",
                    "a document may not start a process",
                    json("{\"call_template_type\":\"mcp\",\"config\":{\"mcpServers\":{\"a\":{\"command\":\"sh\"}}}}")));

    private Samples() {}

    static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
