package dev.toolkeep.protocol.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/// A Streamable HTTP endpoint whose every answer a test decides.
final class FakeHttpServer implements AutoCloseable {
    final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    FakeHttpServer(Manner manner) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/mcp", exchange -> {
            Seen request = Seen.of(exchange);
            seen.add(request);
            manner.answer(request, exchange);
            exchange.close();
        });
        server.start();
    }

    @FunctionalInterface
    interface Manner {
        void answer(Seen request, HttpExchange exchange) throws IOException;
    }

    record Seen(String verb, ObjectNode body, Map<String, List<String>> headers) {
        static Seen of(HttpExchange exchange) throws IOException {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            try {
                ObjectNode body = bytes.length == 0 ? Json.object() : StrictJson.object(bytes, Bounds.ANSWER);
                return new Seen(exchange.getRequestMethod(), body, Map.copyOf(exchange.getRequestHeaders()));
            } catch (Malformed e) {
                throw new IOException(e);
            }
        }

        String method() {
            return body.path("method").asString("");
        }

        String id() {
            return body.path("id").toString();
        }

        /// The header's first value, or empty.
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /// A legacy server that gives the session id `session`, and leaves calls to `calls`.
    static Manner legacy(String session, Manner calls) {
        return (request, exchange) -> {
            switch (request.method()) {
                case "server/discover" ->
                    json(
                            exchange,
                            400,
                            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"no\"}}");
                case "initialize" -> {
                    exchange.getResponseHeaders().set("Mcp-Session-Id", session);
                    result(
                            request,
                            exchange,
                            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                                    + "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1\"}}");
                }
                case "notifications/initialized", "notifications/cancelled" -> exchange.sendResponseHeaders(202, -1);
                default -> calls.answer(request, exchange);
            }
        };
    }

    /// A modern server that leaves all but `server/discover` to `calls`.
    static Manner modern(Manner calls) {
        return (request, exchange) -> {
            if (request.method().equals("server/discover")) {
                result(
                        request,
                        exchange,
                        "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}");
            } else {
                calls.answer(request, exchange);
            }
        };
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, body);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void result(Seen request, HttpExchange exchange, String result) throws IOException {
        json(exchange, 200, "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":" + result + "}");
    }

    static void error(Seen request, HttpExchange exchange, int status, int code) throws IOException {
        json(
                exchange,
                status,
                "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"error\":{\"code\":" + code
                        + ",\"message\":\"said so\"}}");
    }

    static String content(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    /// Sends these pieces of an event stream, then ends it.
    static void events(HttpExchange exchange, String... pieces) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        for (String piece : pieces) {
            more(exchange, piece);
        }
    }

    static void more(HttpExchange exchange, String piece) throws IOException {
        exchange.getResponseBody().write(piece.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    static String answerEvent(Seen request, String text) {
        return "data: {\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":" + content(text) + "}\n\n";
    }

    McpServer.Http record(Map<String, String> headers) {
        return new McpServer.Http("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp", headers);
    }

    McpServer.Http record() {
        return record(Map.of());
    }

    List<Seen> seen(String method) {
        return seen.stream().filter(request -> request.method().equals(method)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
