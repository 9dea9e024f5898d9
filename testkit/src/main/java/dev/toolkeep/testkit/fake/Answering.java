package dev.toolkeep.testkit.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.ObjectNode;

/// One answer on its way out.
record Answering(HttpExchange exchange, Received request, CountDownLatch gate, CountDownLatch closed) {
    private static final int BLOCK = 1 << 16;

    void send(Reply reply) throws IOException {
        switch (reply) {
            case Reply.Echo echo -> whole(200, echo().getBytes(StandardCharsets.UTF_8), "application/json");
            case Reply.Fixed fixed -> {
                fixed.headers().forEach(exchange.getResponseHeaders()::set);
                whole(fixed.status(), fixed.body(), "");
            }
            case Reply.Held held -> {
                opened(gate, Long.MAX_VALUE);
                send(held.then());
            }
            case Reply.Drip drip -> drip(drip.pause().toMillis());
            case Reply.Huge huge -> huge(huge.bytes());
            case Reply.Bomb bomb -> bomb(bomb.bytes());
            case Reply.Cut cut -> cut(cut);
        }
    }

    private String echo() {
        ObjectNode echo = Json.object();
        echo.put("method", request.method()).put("path", request.path()).put("query", request.query());
        ObjectNode headers = echo.putObject("headers");
        request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return Json.text(echo.put("body", request.text()));
    }

    private void whole(int status, byte[] body, String contentType) throws IOException {
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
        }
        boolean bodiless = body.length == 0 || "HEAD".equals(request.method()) || status == 204 || status == 304;
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    private void drip(long pause) throws IOException {
        OutputStream out = chunked("application/json");
        out.write('"');
        out.flush();
        while (!opened(closed, pause)) {
            out.write('.');
            out.flush();
        }
    }

    private void huge(long bytes) throws IOException {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'x');
        OutputStream out = chunked("application/json");
        out.write('"');
        for (long left = bytes - 2; left > 0 && closed.getCount() > 0; left -= BLOCK) {
            out.write(block, 0, (int) Math.min(BLOCK, left));
        }
        out.write('"');
    }

    private void bomb(long bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        byte[] zeros = new byte[BLOCK];
        try (OutputStream out = new GZIPOutputStream(chunked("application/json"), BLOCK)) {
            for (long left = bytes; left > 0 && closed.getCount() > 0; left -= BLOCK) {
                out.write(zeros, 0, (int) Math.min(BLOCK, left));
            }
        }
    }

    private void cut(Reply.Cut cut) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, cut.promised());
        exchange.getResponseBody().write(cut.body());
        exchange.getResponseBody().flush();
        throw new IOException("cut off, as told");
    }

    private OutputStream chunked(String contentType) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    /// Whether the latch opened within `millis`.
    private static boolean opened(CountDownLatch latch, long millis) throws IOException {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server was closed", e);
        }
    }
}
