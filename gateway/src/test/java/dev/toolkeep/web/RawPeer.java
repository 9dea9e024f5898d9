package dev.toolkeep.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A peer that sends whatever bytes it likes.
public final class RawPeer implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /// One answer: its status (0 when the connection ended without one), its head and its body.
    public record Heard(int status, String head, String body) {
        public String header(String name) {
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    public RawPeer(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
    }

    public static Heard ask(int port, String request) throws IOException {
        try (RawPeer peer = new RawPeer(port)) {
            peer.say(request);
            return peer.hear();
        }
    }

    public RawPeer say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawPeer say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    public void socketEndsOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// Reads one answer with a Content-Length, or all there is until the peer closes.
    public Heard hear() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = next();
            if (b < 0) {
                return new Heard(0, head.toString(StandardCharsets.ISO_8859_1), "");
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Heard heard = new Heard(Integer.parseInt(text.substring(9, 12)), text, "");
        String length = heard.header("content-length");
        byte[] body = length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
        return new Heard(heard.status(), text, new String(body, StandardCharsets.UTF_8));
    }

    /// All that comes until the other side closes.
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private int next() throws IOException {
        try {
            return in.read();
        } catch (java.net.SocketException reset) {
            return -1;
        }
    }

    /// Whether the other side closes without sending more.
    public boolean ends() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
