package dev.toolkeep.web;

import dev.toolkeep.registry.Origin;
import dev.toolkeep.testkit.TestKeep;
import dev.toolkeep.testkit.fake.FakeHttpTool;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A whole gateway behind its doors: real engine, real listener, a fake tool behind it, and the JDK's client in front.
public final class OpenDoors implements AutoCloseable {
    public static final String POLICY = """
            rules:
              - id: agents
                effect: allow
                callers: { roles: [agent] }
                tools: ["keep.*", "fake.*"]
              - id: no-secrets
                effect: deny
                callers: { roles: [agent] }
                tools: ["keep.echo"]
                when: "args.text == 'forbidden'"
            limits:
              - tools: ["*"]
                callsPerMinute: 100000
                concurrent: 1000
            """;

    private final Path folder;
    private final TestKeep keep;
    private final FakeHttpTool tool;
    private final GatewayServer server;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private OpenDoors(Path folder, TestKeep keep, FakeHttpTool tool, GatewayServer server, String key) {
        this.folder = folder;
        this.keep = keep;
        this.tool = tool;
        this.server = server;
        this.key = key;
    }

    public static OpenDoors open(Path folder) {
        return open(folder, DoorOptions.loopback(0, "1.2.3"));
    }

    public static OpenDoors open(Path folder, DoorOptions options) {
        try {
            TestKeep keep = TestKeep.open(folder);
            FakeHttpTool tool = FakeHttpTool.start();
            keep.source("fake", new Origin.Manual("https://tools.example/utcp"), tool.hostAndPort());
            keep.policy(POLICY);
            String key = keep.agent("ann", "agent");
            GatewayServer server = GatewayServer.start(keep.vertx(), keep.gateway(), options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new OpenDoors(folder, keep, tool, server, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestKeep keep() {
        return keep;
    }

    public FakeHttpTool tool() {
        return tool;
    }

    public GatewayServer server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    public String key() {
        return key;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /// An approved tool `fake.{name}` that posts its argument `body` to the fake server's `/{name}`.
    public ToolDefinition offer(String name, String inputs, String outputs) {
        ToolDefinition definition = definition(name, inputs, outputs);
        keep.approved(List.of(definition));
        return definition;
    }

    public ToolDefinition definition(String name, String inputs, String outputs) {
        CallTemplate.Http template = new CallTemplate.Http(
                HttpCall.Method.POST,
                tool.at("/" + name),
                "application/json",
                Map.of(),
                "body",
                List.of(),
                new Auth.None(),
                Duration.ofSeconds(20));
        return new ToolDefinition(
                new ToolName("fake", name),
                "",
                "The tool " + name,
                json(inputs),
                json(outputs),
                Json.object(),
                List.of("testing"),
                template,
                new TreeSet<>(List.of(tool.hostAndPort())),
                null);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request("GET", path, HttpRequest.BodyPublishers.noBody(), headers));
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(request("POST", path, HttpRequest.BodyPublishers.ofString(body), headers));
    }

    /// A legacy JSON-RPC request.
    public HttpResponse<String> rpc(String method, String params) {
        return rpcAt("/mcp", method, params);
    }

    public HttpResponse<String> rpcAt(String path, String method, String params) {
        return post(
                path,
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}",
                "Content-Type",
                "application/json",
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                "2025-11-25");
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpClient client() {
        return client;
    }

    /// A request with the agent's key, unless the headers say another `Authorization`; an empty one means none.
    public HttpRequest request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path))).method(method, body);
        boolean own = false;
        for (int i = 0; i < headers.length; i += 2) {
            boolean authorization = headers[i].equals("Authorization");
            own |= authorization;
            if (!authorization || !headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        return own
                ? request.build()
                : request.header("Authorization", "Bearer " + key).build();
    }

    public static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
        } catch (dev.toolkeep.wire.Malformed e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /// Everything the journal holds so far.
    public String journal() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public void close() {
        server.stop(Duration.ofMillis(200))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        tool.close();
        keep.close();
        client.close();
    }
}
