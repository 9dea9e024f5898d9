package dev.toolkeep.testkit.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP server on a free port of 127.0.0.1 that plays a tool. It is the JDK's, so our client's mistakes are not
/// mirrored in it. Every path answers [Reply.Echo] until told otherwise. Thread-safe.
///
/// ```java
/// try (FakeHttpTool tool = FakeHttpTool.start()) {
///     tool.answer("/pets", Reply.json("[]"));
///     … call tool.at("/pets?limit=1") …
///     assertThat(tool.last().query()).isEqualTo("limit=1");
/// }
/// ```
public final class FakeHttpTool implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final boolean remembering;
    private volatile CountDownLatch gate = new CountDownLatch(1);
    private volatile Reply otherwise = new Reply.Echo();

    private FakeHttpTool(boolean remembering) {
        this.remembering = remembering;
        // Read when the server's class loads: without it a kept-alive connection waits 40 ms for a delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 512);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static FakeHttpTool start() {
        return new FakeHttpTool(true);
    }

    /// One that counts requests and forgets them, for load.
    public static FakeHttpTool startForgetful() {
        return new FakeHttpTool(false);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// `127.0.0.1:port`, as a [dev.toolkeep.protocol.net.Reach] grants it.
    public String hostAndPort() {
        return "127.0.0.1:" + port();
    }

    /// The absolute URL of `pathAndQuery`, which starts with `/`.
    public String at(String pathAndQuery) {
        return "http://" + hostAndPort() + pathAndQuery;
    }

    public URI uri(String pathAndQuery) {
        return URI.create(at(pathAndQuery));
    }

    /// From now on every path without an answer of its own answers this.
    public FakeHttpTool answer(Reply reply) {
        otherwise = reply;
        return this;
    }

    /// From now on `path` (without query) answers this.
    public FakeHttpTool answer(String path, Reply reply) {
        replies.put(path, reply);
        return this;
    }

    /// Lets every [Reply.Held] request that waits go on, and those that come later not wait.
    public void release() {
        gate.countDown();
    }

    /// Makes [Reply.Held] hold again.
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /// How many requests have arrived.
    public int count() {
        return count.get();
    }

    /// How many have arrived and are not answered to the end.
    public int open() {
        return open.get();
    }

    /// Every request, oldest first; empty for a forgetful one.
    public List<Received> received() {
        return List.copyOf(received);
    }

    /// The latest request.
    ///
    /// @throws java.util.NoSuchElementException when there was none
    public Received last() {
        return received().getLast();
    }

    /// Stops at once: what waits is let go and cut off.
    @Override
    public void close() {
        closed.countDown();
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        open.incrementAndGet();
        try {
            Received request = read(exchange);
            if (remembering) {
                received.add(request);
            }
            count.incrementAndGet();
            new Answering(exchange, request, gate, closed)
                    .send(replies.getOrDefault(exchange.getRequestURI().getPath(), otherwise));
        } finally {
            open.decrementAndGet();
            exchange.close();
        }
    }

    private static Received read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery();
        return new Received(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                query == null ? "" : query,
                headers,
                exchange.getRequestBody().readAllBytes());
    }
}
