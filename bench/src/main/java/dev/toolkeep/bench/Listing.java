package dev.toolkeep.bench;

import dev.toolkeep.web.DoorOptions;
import dev.toolkeep.web.GatewayServer;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// What many tools cost: reading the whole list through the doors, building and swapping the snapshot, and how long
/// after a revocation a key is still taken. `Listing TOOLS ROUNDS`.
final class Listing implements AutoCloseable {
    private static final String META =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private final BenchKeep keep;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String key;
    private final int tools;

    private Listing(Path folder, int tools) throws IOException {
        this.keep = BenchKeep.open(folder, tools);
        this.tools = tools;
        this.key = keep.agent("reader");
        GatewayServer server = GatewayServer.start(
                        keep.vertx(), keep.engine().gateway(), DoorOptions.loopback(0, "bench"))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        this.base = "http://127.0.0.1:" + server.port();
    }

    public static void main(String[] arguments) throws Exception {
        int tools = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        try (Folder folder = Folder.make("listing");
                Listing listing = new Listing(folder.path(), tools)) {
            listing.run(rounds);
        }
    }

    private void run(int rounds) throws Exception {
        System.out.printf("%-62s%10s%10s%10s%8s%n", tools + " tools, milliseconds", "p50", "p99", "most", "times");
        Timings.Timed nothing = () -> {};
        Timings.Timed swap = () -> keep.engine().snapshots().rebuild();
        measure("snapshot built from SQLite and swapped", rounds, nothing, swap);
        measure("tools/list, all pages, the list made anew", rounds, swap, this::pages);
        measure("tools/list, all pages, the list kept", rounds * 2, nothing, this::pages);
        measure("tools/list, the first page, the list kept", rounds * 10, nothing, () -> page(""));
        measure("GET /utcp, made anew", rounds, swap, this::manual);
        measure("GET /utcp, kept", rounds * 2, nothing, this::manual);
        revocation(rounds);
    }

    private static void measure(String what, int times, Timings.Timed before, Timings.Timed timed) throws Exception {
        Timings.of(what, Math.max(1, times / 4), before, timed); // warm
        System.out.println(Timings.of(what, times, before, timed).line());
    }

    /// From the moment an operator's change is begun to the first request that its key is refused.
    private void revocation(int rounds) throws Exception {
        String[] fresh = new String[1];
        measure(
                "from a caller's removal to the refusal of its key",
                rounds,
                () -> fresh[0] = keep.agent("leaving"),
                () -> {
                    keep.remove("leaving");
                    int status = status(fresh[0]);
                    if (status != 401) {
                        throw new IllegalStateException("a removed caller was answered " + status);
                    }
                });
    }

    private int status(String bearer) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/tools/search?q=shelf"))
                .header("Authorization", "Bearer " + bearer)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private void pages() throws IOException, InterruptedException, Malformed {
        int seen = 0;
        String cursor = "";
        do {
            ObjectNode result = (ObjectNode) page(cursor).path("result");
            seen += result.path("tools").size();
            cursor = result.path("nextCursor").asString("");
        } while (!cursor.isEmpty());
        if (seen != tools) {
            throw new IllegalStateException("the pages hold " + seen + " tools");
        }
    }

    private ObjectNode page(String cursor) throws IOException, InterruptedException, Malformed {
        String after = cursor.isEmpty() ? "" : "\"cursor\":\"" + cursor + "\",";
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/mcp"))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/list")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{" + after + META + "}}"))
                .build();
        return StrictJson.object(send(request), Bounds.DOCUMENT);
    }

    private void manual() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/utcp"))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + key)
                .build();
        if (send(request).length < tools * 100) {
            throw new IllegalStateException("the manual is too short to hold every tool");
        }
    }

    private byte[] send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the gateway answered " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() {
        client.close();
        keep.close();
    }
}
