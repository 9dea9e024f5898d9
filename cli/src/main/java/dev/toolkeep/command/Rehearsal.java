package dev.toolkeep.command;

import dev.toolkeep.start.House;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What a day at the house is made of, in a few seconds: calls through every door, and a look at every page of the
/// administration API.
final class Rehearsal implements AutoCloseable {
    private static final int ROUNDS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MODERN = "2026-07-28";

    private final House house;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int requests;

    Rehearsal(House house) {
        this.house = house;
    }

    void play() throws IOException, InterruptedException {
        String agent = "Bearer " + key(house.agentKey());
        String operator = "Bearer " + key(house.operatorToken());
        for (int round = 0; round < ROUNDS; round++) {
            rest(agent);
            mcp(agent);
            utcp(agent);
        }
        console(operator);
    }

    int requests() {
        return requests;
    }

    private void rest(String key) throws IOException, InterruptedException {
        get(house.running().gateway(), "/readyz", key);
        get(house.running().gateway(), "/v1/tools", key);
        get(house.running().gateway(), "/v1/tools/search?q=time", key);
        post("/v1/call/keep.clock", "{}", key);
        post("/v1/call/keep.echo", "{\"text\":\"hello\"}", key);
        post("/v1/call/keep.echo", "{\"text\":1}", key);
        post("/v1/call/keep.none", "{}", key);
    }

    private void utcp(String key) throws IOException, InterruptedException {
        get(house.running().gateway(), "/utcp", key);
    }

    private void mcp(String key) throws IOException, InterruptedException {
        String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + MODERN
                + "\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"rehearsal\",\"version\":\"1\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
        modern("server/discover", "", "{" + meta + "}", key);
        modern("tools/list", "", "{" + meta + "}", key);
        modern("tools/call", "keep.clock", "{\"name\":\"keep.clock\",\"arguments\":{}," + meta + "}", key);
        legacy(
                "initialize",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":"
                        + "{\"name\":\"rehearsal\",\"version\":\"1\"}}",
                key);
        legacy("tools/list", "{}", key);
        legacy("tools/call", "{\"name\":\"keep.clock\",\"arguments\":{}}", key);
    }

    private void modern(String method, String name, String params, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = mcpRequest(method, params, key)
                .header("MCP-Protocol-Version", MODERN)
                .header("Mcp-Method", method);
        send(name.isEmpty() ? request : request.header("Mcp-Name", name));
    }

    private void legacy(String method, String params, String key) throws IOException, InterruptedException {
        send(mcpRequest(method, params, key).header("MCP-Protocol-Version", "2025-11-25"));
    }

    private HttpRequest.Builder mcpRequest(String method, String params, String key) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return HttpRequest.newBuilder(house.running().gateway().resolve("/mcp"))
                .header("Authorization", key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body));
    }

    private void console(String key) throws IOException, InterruptedException {
        for (String page : new String[] {
            "/healthz",
            "/openapi.json",
            "/api/v1/sources",
            "/api/v1/tools",
            "/api/v1/tools/show?name=keep.clock",
            "/api/v1/agents",
            "/api/v1/policy",
            "/api/v1/policy/history",
            "/api/v1/secrets",
            "/api/v1/log",
            "/api/v1/log/verify",
            "/api/v1/facts",
            "/api/v1/doctor"
        }) {
            get(house.running().console(), page, key);
        }
    }

    private void get(URI base, String path, String key) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(base.resolve(path)).header("Authorization", key));
    }

    private void post(String path, String body, String key) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(house.running().gateway().resolve(path))
                .header("Authorization", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /// Whatever the answer is, the way to it was rehearsed; only a bug of ours is none.
    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 500) {
            throw new IOException(answer.request().uri().getPath() + " answered " + answer.statusCode());
        }
        requests++;
    }

    private static String key(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Override
    public void close() {
        client.close();
    }
}
