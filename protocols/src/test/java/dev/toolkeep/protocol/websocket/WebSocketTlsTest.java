package dev.toolkeep.protocol.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.tool.CallTemplate;
import io.vertx.core.net.JksOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wss` with the JDK's own TLS on the other side, and a certificate for `pinned.test` only.
class WebSocketTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    @Test
    void aWssToolIsSpokenToInTheNameOfItsHost() throws Exception {
        EgressOptions trusting = EgressOptions.defaults()
                .withTrust(new JksOptions().setPath(keys().toString()).setPassword(PASSWORD));
        String large = "x".repeat(5_000);
        assertThat(WebSocketFixture.answer(call(trusting, "pinned.test", large)))
                .isEqualTo("{\"q\":\"" + large + "\"}");
        assertThat(WebSocketFixture.fault(call(trusting, "other.test", "")).message())
                .contains("no trusted TLS connection");
        assertThat(WebSocketFixture.fault(call(EgressOptions.defaults(), "pinned.test", ""))
                        .message())
                .contains("no trusted TLS connection");
    }

    private static Sent call(EgressOptions options, String host, String argument) throws Exception {
        WebSocketFixture calls = new WebSocketFixture(options);
        try (WebSocketPeer peer = new WebSocketPeer(server(), talk -> {
            talk.open();
            while (true) {
                talk.text(talk.next());
            }
        })) {
            CallTemplate template = WebSocketFixture.template("wss://" + host + ":" + peer.port() + "/ws", "");
            Sent sent =
                    Await.value(calls.start(template, "{\"q\":\"" + argument + "\"}", peer.reach(), new Withdrawal()));
            peer.awaitLeaving(1);
            assertThat(peer.handshakes).hasSize(sent instanceof Sent.Answered ? 1 : 0);
            return sent;
        } finally {
            calls.close();
        }
    }

    @BeforeAll
    static void certificate() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "tool",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=pinned.test",
                        "-ext",
                        "san=dns:pinned.test",
                        "-keystore",
                        keys().toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static Path keys() {
        return folder.resolve("keys.p12");
    }

    private static ServerSocket server() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys())) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }
}
