package dev.toolkeep.protocol.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.toolkeep.tool.Auth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A token endpoint (`/token`) and an API (`/api`) that takes its tokens, on one port of 127.0.0.1.
public final class FakeTokenServer implements AutoCloseable {
    public static final String SECRET = "p&ss:w0rd=+ä";

    /// One visit to the token endpoint: the form, and the client in the Basic header where there was one.
    public record Visit(Map<String, String> form, String basic) {}

    public final List<Visit> visits = new CopyOnWriteArrayList<>();
    public final List<String> calls = new CopyOnWriteArrayList<>();
    public final AtomicInteger given = new AtomicInteger();
    /// Each visit takes one before it is answered.
    public final Semaphore gate = new Semaphore(1_000_000);
    public volatile boolean basicOnly;
    public volatile String more = ",\"expires_in\":3600";
    public volatile String type = "Bearer";
    public volatile String redirect = "";
    /// What the API answers with instead of its own name; `%s` is the header it was sent.
    public volatile String echo = "\"ok\"";
    public volatile String revoked = "";
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public FakeTokenServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/token", this::token);
        server.createContext("/api", this::api);
        server.start();
    }

    public String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public Auth.OAuth2 auth(String scope) {
        return new Auth.OAuth2(at("/token"), "the client", "${SECRET}", scope);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = new HashMap<>();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        for (String field : body.split("&", -1)) {
            String[] pair = field.split("=", 2);
            form.put(decoded(pair[0]), decoded(pair[1]));
        }
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String basic = header == null
                ? ""
                : new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.US_ASCII);
        visits.add(new Visit(form, basic));
        gate.acquireUninterruptibly();
        if (!redirect.isEmpty()) {
            exchange.getResponseHeaders().set("Location", redirect);
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
            return;
        }
        boolean inBody =
                !basicOnly && SECRET.equals(form.get("client_secret")) && "the client".equals(form.get("client_id"));
        boolean inHeader = basic.contains(":")
                && decoded(basic.substring(0, basic.indexOf(':'))).equals("the client")
                && decoded(basic.substring(basic.indexOf(':') + 1)).equals(SECRET);
        if (inBody || inHeader) {
            String token = "token-number-" + given.incrementAndGet();
            answer(exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"" + type + "\"" + more + "}");
        } else {
            String said = form.getOrDefault("client_secret", "none");
            answer(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"not " + said + "\"}");
        }
    }

    private void api(HttpExchange exchange) throws IOException {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        calls.add(header);
        boolean known = header.startsWith("Bearer token-number-") && !header.equals("Bearer " + revoked);
        answer(exchange, known ? 200 : 401, known ? echo.replace("%s", header) : "{\"error\":\"who?\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        gate.release(1_000_000);
        server.stop(0);
        threads.shutdownNow();
    }
}
