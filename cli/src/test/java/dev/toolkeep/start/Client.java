package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An agent and an operator of a running Toolkeep, with the keys its first start made. The JDK's client, so that our
/// own client's mistakes are not mirrored.
public final class Client implements AutoCloseable {
    private static final String POLICY = """
            rules:
              - id: agents
                effect: allow
                callers: { roles: [agent] }
                tools: ["keep.*", "fake.*"]
            limits:
              - tools: ["*"]
                callsPerMinute: 1000000
                concurrent: 1000
                deadline: 5m
            """;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Running running;
    private final Path data;

    public Client(Running running, Path data) {
        this.running = running;
        this.data = data;
    }

    public HttpResponse<String> call(String tool, String arguments) throws IOException, InterruptedException {
        return http.send(request(tool, arguments), BodyHandlers.ofString());
    }

    public CompletableFuture<HttpResponse<String>> begin(String tool, String arguments) throws IOException {
        return http.sendAsync(request(tool, arguments), BodyHandlers.ofString());
    }

    private HttpRequest request(String tool, String arguments) throws IOException {
        return HttpRequest.newBuilder(running.gateway().resolve("/v1/call/" + tool))
                .header("Authorization", "Bearer " + line(data.resolve(DataFolder.AGENT_KEY)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(arguments))
                .build();
    }

    /// What the administration API answers, which must be good.
    public JsonNode admin(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(running.console().resolve("/api/v1" + path))
                        .header("Authorization", "Bearer " + line(data.resolve(DataFolder.OPERATOR_TOKEN)))
                        .header("Content-Type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        try {
            return StrictJson.parse(answer.body().getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new IOException(e);
        }
    }

    /// Brings in the publisher's tools as `fake.*`, approved, allowed, and with hardly a limit.
    public void use(FakeManuals publisher) throws IOException, InterruptedException {
        ObjectNode source = Json.object().put("name", "fake");
        source.putObject("origin").put("kind", "manual").put("location", publisher.manualUrl());
        source.putArray("reach").add(publisher.server().hostAndPort());
        use(source);
    }

    /// The same of an MCP server that is started by this command.
    public void use(List<String> command) throws IOException, InterruptedException {
        ObjectNode source = Json.object().put("name", "fake");
        command.forEach(source.putObject("origin").put("kind", "mcp").putArray("command")::add);
        use(source);
    }

    private void use(ObjectNode source) throws IOException, InterruptedException {
        admin("POST", "/sources", Json.text(source));
        ObjectNode order = Json.object();
        for (JsonNode tool : admin("GET", "/tools?source=fake", "").path("tools")) {
            order.withArray("tools")
                    .addObject()
                    .put("name", tool.path("name").stringValue())
                    .put("digest", tool.path("offered").stringValue());
        }
        admin("POST", "/tools/approve", Json.text(order));
        long revision = admin("GET", "/policy", "").path("revision").longValue();
        admin("PUT", "/policy", Json.text(Json.object().put("yaml", POLICY).put("expected", revision)));
    }

    public List<String> toolNames() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        admin("GET", "/tools", "")
                .path("tools")
                .forEach(tool -> names.add(tool.path("name").stringValue()));
        return names;
    }

    /// How a URL answers a stranger.
    public int status(URI url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static String line(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
