package dev.toolkeep.e2e.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The server that the official conformance suite looks for behind the gateway, as its own process on loopback.
final class ConformanceServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private ConformanceServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param era `dual`, `legacy` or `modern`
    static ConformanceServer start(Path peers, String era) throws IOException {
        int port = freePort();
        Process process = new ProcessBuilder(List.of(
                        "node",
                        peers.resolve("conformance-fixture.mjs").toString(),
                        "--http",
                        String.valueOf(port),
                        "--era",
                        era))
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith("fixture")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("the conformance server ended before it listened");
        }
        Thread.ofVirtual().start(() -> said.lines().forEach(rest -> {})); // so that it never waits for a reader
        return new ConformanceServer(process, port);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/mcp";
    }

    String reach() {
        return "127.0.0.1:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
