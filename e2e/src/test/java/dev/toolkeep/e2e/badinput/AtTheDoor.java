package dev.toolkeep.e2e.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.journal.Written;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// One way into the house: how a request looks there, how a refusal does, and which record it leaves.
enum AtTheDoor {
    REST("/v1/call/keep.echo", "{\"text\":", "}", "text", "door.refused"),
    MCP_2025("/mcp", Rpc.CALL + "\"arguments\":{\"text\":", "}}}", "text", "door.refused"),
    MCP_2026("/mcp", Rpc.CALL + Rpc.META + "\"arguments\":{\"text\":", "}}}", "text", "door.refused"),
    CONSOLE("/api/v1/policy/check", "{\"yaml\":", "}", "yaml", "console.refused");

    /// An enum's constants cannot use its own constants.
    private static final class Rpc {
        static final String CALL =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"keep.echo\",";
        static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}},";
    }

    private final String path;
    private final String before;
    private final String after;
    private final String member;
    private final String record;

    AtTheDoor(String path, String before, String after, String member, String record) {
        this.path = path;
        this.before = before;
        this.after = after;
        this.member = member;
        this.record = record;
    }

    /// What came back.
    record Heard(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return OpenHouse.json(body);
        }
    }

    /// A body whose one member has this raw value; `%member%` in it is the member's name.
    byte[] body(String value) {
        return (before + value.replace("%member%", member) + after).getBytes(UTF_8);
    }

    /// Sends a body as it is, whatever it is, with the key this door takes.
    Heard send(OpenHouse house, byte[] body, Map<String, String> more) throws IOException {
        return send(house, body.length, out -> out.write(body), more);
    }

    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /// Sends a body that claims to have `length` bytes. What the house no longer reads is not written.
    Heard send(OpenHouse house, long length, Writing writing, Map<String, String> more) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(Map.of(
                "Host",
                "127.0.0.1:" + port(house),
                "Authorization",
                "Bearer " + key(house),
                "Content-Type",
                "application/json",
                "Accept",
                mcp() ? "application/json, text/event-stream" : "application/json",
                "Content-Length",
                String.valueOf(length),
                "Connection",
                "close"));
        headers.putAll(revision());
        headers.putAll(more);
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
        headers.values().removeIf(String::isEmpty);
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(house))) {
            socket.setSoTimeout(60_000);
            Thread writer = Thread.startVirtualThread(() -> {
                try {
                    socket.getOutputStream()
                            .write(head.append("\r\n").toString().getBytes(UTF_8));
                    writing.to(socket.getOutputStream());
                    socket.getOutputStream().flush();
                } catch (IOException cutOff) {
                    // The house had read enough.
                }
            });
            Heard heard = hear(socket.getInputStream());
            socket.shutdownInput();
            socket.shutdownOutput();
            join(writer);
            return heard;
        }
    }

    /// Refused for what the bytes are: a problem with status 400, or a JSON-RPC parse error.
    void assertMalformed(Heard heard) {
        assertThat(heard.status()).as(heard.body()).isEqualTo(400);
        if (mcp()) {
            assertThat(heard.json().path("error").path("code").asInt()).isEqualTo(-32700);
        } else {
            assertProblem(heard, "malformed");
        }
    }

    void assertProblem(Heard heard, String code) {
        assertThat(heard.headers().get("content-type")).startsWith("application/problem+json");
        assertThat(heard.json().path("code").asString()).isEqualTo(code);
        assertThat(heard.json().path("status").asInt()).isEqualTo(heard.status());
    }

    boolean recorded(Written written) {
        return written.type().equals(record);
    }

    boolean mcp() {
        return this == MCP_2025 || this == MCP_2026;
    }

    private Map<String, String> revision() {
        return switch (this) {
            case MCP_2025 -> Map.of("MCP-Protocol-Version", "2025-11-25");
            case MCP_2026 ->
                Map.of(
                        "MCP-Protocol-Version", "2026-07-28",
                        "Mcp-Method", "tools/call",
                        "Mcp-Name", "keep.echo");
            case REST, CONSOLE -> Map.of();
        };
    }

    private int port(OpenHouse house) {
        return this == CONSOLE ? house.consolePort() : house.gatewayPort();
    }

    private String key(OpenHouse house) {
        return this == CONSOLE ? house.operatorToken() : house.agentKey();
    }

    private static Heard hear(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), UTF_8);
        int end = text.indexOf("\r\n\r\n");
        assertThat(end).as("an answer: '" + text + "'").isPositive();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        text.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return new Heard(Integer.parseInt(text.substring(9, 12)), headers, text.substring(end + 4));
    }

    private static void join(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
