package dev.toolkeep.protocol.websocket;

import dev.toolkeep.protocol.net.Reach;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A WebSocket server as bare as can be: it reads what a client sends frame by frame, and writes whatever bytes the
/// test wants.
final class WebSocketPeer implements AutoCloseable {
    /// What the test does with one connection; returning closes it.
    @FunctionalInterface
    interface Script {
        void talk(Talk talk) throws Exception;
    }

    final List<String> handshakes = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger pongs = new AtomicInteger();
    /// The codes with which clients closed.
    final List<Integer> closes = new CopyOnWriteArrayList<>();
    final CountDownLatch left = new CountDownLatch(1);
    final Semaphore leaving = new Semaphore(0);

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    WebSocketPeer(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), script);
    }

    WebSocketPeer(ServerSocket server, Script script) {
        this.server = server;
        Thread.ofVirtual().start(() -> accept(script));
    }

    /// Answers every message by `answer`, until the client leaves.
    static WebSocketPeer answering(java.util.function.UnaryOperator<String> answer) throws IOException {
        return new WebSocketPeer(talk -> {
            talk.open();
            while (true) {
                talk.text(answer.apply(talk.next()));
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String path) {
        return "ws://127.0.0.1:" + port() + path;
    }

    Reach reach() {
        return new Reach(Set.of("127.0.0.1:" + port()));
    }

    void awaitLeaving(int clients) throws Exception {
        if (!leaving.tryAcquire(clients, 20, TimeUnit.SECONDS)) {
            throw new AssertionError("a client did not leave");
        }
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
            script.talk(new Talk(socket));
        } catch (Exception e) {
            // the client left, or the test is over
        } finally {
            left.countDown();
            leaving.release();
        }
    }

    /// One connection.
    final class Talk {
        final DataInputStream in;
        final OutputStream out;

        Talk(Socket socket) throws IOException {
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /// Reads the handshake and answers it rightly.
        void open() throws Exception {
            out.write(accepted(handshake(), "").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        String handshake() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            handshakes.add(text);
            return text;
        }

        /// @param more further header lines, each with its end
        String accepted(String handshake, String more) throws Exception {
            String key = handshake
                    .lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key: "))
                    .map(line -> line.substring(19))
                    .findFirst()
                    .orElseThrow();
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n" + more + "\r\n";
        }

        /// The next text the client sends; answers pings on the way.
        String next() throws IOException {
            while (true) {
                int first = in.readUnsignedByte();
                int second = in.readUnsignedByte();
                int said = second & 0x7F;
                long length = said == 126 ? in.readUnsignedShort() : said == 127 ? in.readLong() : said;
                if ((second & 0x80) == 0) {
                    throw new AssertionError("a client's frame must be masked");
                }
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes((int) length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                switch (first) {
                    case 0x81 -> {
                        String text = new String(payload, StandardCharsets.UTF_8);
                        heard.add(text);
                        return text;
                    }
                    case 0x88 -> {
                        closes.add((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF));
                        throw new IOException("the client closed");
                    }
                    case 0x89 -> frame(0x8A, payload);
                    case 0x8A -> pongs.incrementAndGet();
                    default -> throw new AssertionError("an unexpected frame " + first);
                }
            }
        }

        void text(String text) throws IOException {
            frame(0x81, text.getBytes(StandardCharsets.UTF_8));
        }

        /// @param first the first byte: the bit of the last frame, and the opcode
        void frame(int first, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) first);
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else if (payload.length < 65_536) {
                frame.put((byte) 126).putShort((short) payload.length);
            } else {
                frame.put((byte) 127).putLong(payload.length);
            }
            frame.put(payload);
            raw(java.util.Arrays.copyOf(frame.array(), frame.position()));
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /// Waits until the client is gone.
        void rest() throws IOException {
            while (true) {
                next();
            }
        }
    }
}
