package dev.toolkeep.protocol.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A tool's server on a real socket, as bare as can be: it reads HTTP/1.1 requests and writes whatever bytes the test
/// wants, with no HTTP library between.
public final class Upstream implements AutoCloseable {
    /// What the test answers; returning normally keeps the connection for the next request.
    @FunctionalInterface
    public interface Script {
        void answer(Request request, OutputStream out) throws IOException;
    }

    public record Request(String line, List<String> headers, String body) {
        public String target() {
            return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
        }

        public List<String> header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ": ";
            return headers.stream()
                    .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(header -> header.substring(start.length()))
                    .toList();
        }
    }

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    /// Opens when a client's connection has ended, from either side.
    public final CountDownLatch left = new CountDownLatch(1);

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    public Upstream(ServerSocket server, Script script) {
        this.server = server;
        Thread.ofVirtual().start(() -> accept(script));
    }

    public static Upstream on(String address, int port, Script script) {
        try {
            return new Upstream(new ServerSocket(port, 50, InetAddress.getByName(address)), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Upstream answering(Script script) {
        return on("127.0.0.1", 0, script);
    }

    public static Upstream answering(String raw) {
        return answering((request, out) -> out.write(raw.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public static String ok(String type, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n" + body;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url(String pathAndQuery) {
        return "http://127.0.0.1:" + port() + pathAndQuery;
    }

    public Reach reach() {
        return new Reach(Set.of("127.0.0.1:" + port()));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                script.answer(request, socket.getOutputStream());
            }
        } catch (IOException e) {
            // the client left, or the script closed the connection
        } finally {
            left.countDown();
        }
    }

    private static @org.jspecify.annotations.Nullable Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
            text = head.toString(StandardCharsets.ISO_8859_1);
        }
        List<String> lines = text.strip().lines().toList();
        List<String> headers = lines.subList(1, lines.size());
        Request bare = new Request(lines.getFirst(), headers, "");
        int length = bare.header("content-length").stream()
                .mapToInt(Integer::parseInt)
                .sum();
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(lines.getFirst(), headers, body);
    }
}
