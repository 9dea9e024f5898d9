package dev.toolkeep.testkit.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A socket on a free port of 127.0.0.1 that reads one request's head and answers exactly these bytes, then closes:
/// for what no HTTP library would send. With no bytes it never answers and keeps the connection. Thread-safe.
public final class FakeRawServer implements AutoCloseable {
    private static final int LONGEST_HEAD = 1 << 20;

    private final ServerSocket server;
    private final byte[] answer;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    private FakeRawServer(byte[] answer) {
        this.answer = answer.clone();
        try {
            server = new ServerSocket(0, 128, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static FakeRawServer answering(byte[] answer) {
        return new FakeRawServer(answer);
    }

    public static FakeRawServer answering(String answer) {
        return new FakeRawServer(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Takes connections and requests and says nothing.
    public static FakeRawServer silent() {
        return new FakeRawServer(new byte[0]);
    }

    public int port() {
        return server.getLocalPort();
    }

    public String hostAndPort() {
        return "127.0.0.1:" + port();
    }

    public String at(String pathAndQuery) {
        return "http://" + hostAndPort() + pathAndQuery;
    }

    /// How many connections were accepted.
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try {
            readHead(socket.getInputStream());
            if (answer.length > 0) {
                socket.getOutputStream().write(answer);
                socket.getOutputStream().flush();
                socket.close();
                sockets.remove(socket);
            }
        } catch (IOException e) {
            sockets.remove(socket); // the peer left
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int last = 0;
        for (int read = 0; read < LONGEST_HEAD; read++) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            last = (last << 8) | next;
            if (last == 0x0d0a0d0a) {
                return;
            }
        }
    }
}
