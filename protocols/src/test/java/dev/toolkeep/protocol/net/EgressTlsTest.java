package dev.toolkeep.protocol.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.JksOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The JDK's own TLS on the other side, with a certificate for `pinned.test` only.
class EgressTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        Await.value(vertx.close());
    }

    @Test
    void theJudgedAddressIsSpokenToInTheNameOfTheHost() throws Exception {
        SSLServerSocket server = server();
        try (Upstream up = new Upstream(
                        server,
                        (request, out) -> out.write(
                                "HTTP/1.1 204 OK\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                Egress egress = egress()) {
            Reach reach = new Reach(Set.of("127.0.0.1:" + up.port()));
            HttpClientRequest request = Await.value(
                    egress.request(HttpMethod.GET, URI.create("https://pinned.test:" + up.port() + "/"), reach, "s"));
            List<SNIServerName> names =
                    ((ExtendedSSLSession) request.connection().sslSession()).getRequestedServerNames();
            assertThat(names).hasToString("[type=host_name (0), value=pinned.test]");
            assertThat(Await.value(request.send()).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotAccepted() throws Exception {
        try (Upstream up = new Upstream(server(), (request, out) -> out.write(1));
                Egress egress = egress()) {
            Reach reach = new Reach(Set.of("127.0.0.1:" + up.port()));
            for (String host : List.of("other.test", "127.0.0.1")) {
                Throwable failure = Await.failure(egress.request(
                        HttpMethod.GET, URI.create("https://" + host + ":" + up.port() + "/"), reach, "s"));
                assertThat(Faults.of(failure).message()).contains("no trusted TLS connection");
            }
            assertThat(up.requests).isEmpty();
        }
    }

    @Test
    void anUnknownAuthorityIsNotAccepted() throws Exception {
        try (Upstream up = new Upstream(server(), (request, out) -> out.write(1));
                Egress egress = new Egress(vertx, EgressTlsTest::loopback, EgressOptions.defaults())) {
            Reach reach = new Reach(Set.of("127.0.0.1:" + up.port()));
            Throwable failure = Await.failure(
                    egress.request(HttpMethod.GET, URI.create("https://pinned.test:" + up.port() + "/"), reach, "s"));
            assertThat(Faults.of(failure).message()).contains("no trusted TLS connection");
        }
    }

    /// Even where the plain address is granted: what was asked for over TLS does not come without it.
    @Test
    void aFetchIsNotRedirectedOutOfTls() throws Exception {
        try (Upstream plain = Upstream.answering(Upstream.ok("text/plain", "in the clear"));
                Upstream up = new Upstream(
                        server(),
                        (request, out) -> out.write(
                                ("HTTP/1.1 302 Found\r\nLocation: " + plain.url("/") + "\r\nContent-Length: 0\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII)));
                Egress egress = egress()) {
            Fetched fetched = Await.value(new Fetch(vertx, egress)
                    .get(
                            URI.create("https://pinned.test:" + up.port() + "/"),
                            new Reach(Set.of("127.0.0.1")),
                            1000,
                            Duration.ofSeconds(20),
                            Map.of()));
            assertThat(fetched).isInstanceOf(Fetched.Failed.class);
            assertThat(((Fetched.Failed) fetched).fault().message()).contains("from https to http");
            assertThat(plain.requests).isEmpty();
        }
    }

    private Egress egress() {
        EgressOptions trusting = EgressOptions.defaults()
                .withTrust(new JksOptions().setPath(keys().toString()).setPassword(PASSWORD));
        return new Egress(vertx, EgressTlsTest::loopback, trusting);
    }

    private static Future<List<InetAddress>> loopback(String name) {
        return Future.succeededFuture(List.of(InetAddress.ofLiteral("127.0.0.1")));
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

    private static SSLServerSocket server() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys())) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }
}
