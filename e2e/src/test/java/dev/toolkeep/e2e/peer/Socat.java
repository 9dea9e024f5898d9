package dev.toolkeep.e2e.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/// A socat that answers on a free port of loopback with what a command makes of what it is told. A test that needs it
/// is skipped, with the reason, where socat is not installed.
record Socat(Process process, int port) implements AutoCloseable {
    /// @param listening the kind of socat's address: `TCP4-LISTEN` or `UDP4-RECVFROM`
    static Socat answering(String listening, String command) throws IOException {
        assumeTrue(Peers.there("socat", "-V"), "socat is not installed");
        int port = freePort();
        String address = listening + ":" + port + ",bind=127.0.0.1,fork";
        Process process = new ProcessBuilder("socat", "-d", "-d", address, command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null) {
            if (line.endsWith("127.0.0.1:" + port)) {
                Thread.ofVirtual().start(() -> said.lines().forEach(rest -> {})); // a full pipe would stop it
                return new Socat(process, port);
            }
            line = said.readLine();
        }
        assertThat(line).as("socat says where it listens").isNotNull();
        throw new AssertionError();
    }

    /// Free for TCP and for UDP.
    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket other = new DatagramSocket(probe.getLocalPort(), InetAddress.getLoopbackAddress())) {
            return other.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
