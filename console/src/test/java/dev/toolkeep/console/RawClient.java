package dev.toolkeep.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A client that sends whatever bytes it likes.
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private boolean bodiless;

    /// One answer: its status (0 when the connection ended without one), its head and its body.
    public record Heard(int status, String head, String body) {
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        in = socket.getInputStream();
    }

    /// Sends one request on a connection of its own and hears the answer.
    public static Heard ask(int port, String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.say(request).hear();
        }
    }

    public RawClient say(String text) throws IOException {
        bodiless = text.startsWith("HEAD ");
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /// Reads one answer: its head, and its body by Content-Length or by chunks.
    public Heard hear() throws IOException {
        String head = upTo("\r\n\r\n");
        if (!head.endsWith("\r\n\r\n")) {
            return new Heard(0, head, "");
        }
        Heard heard = new Heard(Integer.parseInt(head.substring(9, 12)), head, "");
        String length = heard.header("content-length");
        byte[] body = new byte[0];
        if (bodiless) {
            return heard;
        }
        if (!length.isEmpty()) {
            body = in.readNBytes(Integer.parseInt(length));
        } else if (heard.header("transfer-encoding").equals("chunked")) {
            body = chunks();
        }
        return new Heard(heard.status(), head, new String(body, StandardCharsets.UTF_8));
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

    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(upTo("\r\n").strip(), 16);
            body.write(in.readNBytes(size));
            upTo("\r\n");
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String upTo(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
            int next;
            try {
                next = in.read();
            } catch (java.net.SocketException reset) {
                next = -1;
            }
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
