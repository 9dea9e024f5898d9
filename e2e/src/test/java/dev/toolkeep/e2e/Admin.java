package dev.toolkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An operator outside the program, who speaks to the administration API.
public final class Admin implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI console;
    private final String token;

    public Admin(URI console, String token) {
        this.console = console;
        this.token = token;
    }

    /// The operator of the program that said this when it started.
    public static Admin of(JsonNode greeting) throws IOException {
        Path token = Path.of(greeting.path("operatorToken").stringValue());
        return new Admin(
                URI.create(greeting.path("console").stringValue()),
                Files.readString(token).strip());
    }

    /// One administration request as the operator, which must succeed.
    public JsonNode ask(String method, String path, JsonNode body) {
        HttpResponse<String> answer = tryAsk(method, path, body);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isBetween(200, 299);
        return OpenHouse.json(answer.body());
    }

    public HttpResponse<String> tryAsk(String method, String path, JsonNode body) {
        boolean empty = body.isEmpty();
        HttpRequest.Builder request = HttpRequest.newBuilder(console.resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, empty ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)));
        return send(client, empty ? request : request.header("Content-Type", "application/json"));
    }

    public void policy(String yaml) {
        long revision = ask("GET", "/policy", Json.object()).path("revision").asLong();
        ask("PUT", "/policy", Json.object().put("yaml", yaml).put("expected", revision));
    }

    /// Adds a source; `origin` as the administration API takes it.
    public HttpResponse<String> trySource(String name, String origin, String... reach) {
        ObjectNode order = Json.object().put("name", name);
        order.set("origin", OpenHouse.json(origin));
        List.of(reach).forEach(order.putArray("reach")::add);
        return tryAsk("POST", "/sources", order);
    }

    public void source(String name, String origin, String... reach) {
        HttpResponse<String> answer = trySource(name, origin, reach);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    public JsonNode tools(String source) {
        return ask("GET", "/tools?source=" + source, Json.object()).path("tools");
    }

    /// Approves everything a source offers.
    public void approve(String source) {
        ArrayNode choices = Json.array();
        tools(source)
                .forEach(tool -> choices.add(Json.object()
                        .put("name", tool.path("name").stringValue())
                        .put("digest", tool.path("offered").stringValue())));
        ObjectNode order = Json.object();
        order.set("tools", choices);
        ask("POST", "/tools/approve", order);
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
