package dev.toolkeep.protocol.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EgressTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        Await.value(vertx.close());
    }

    @Test
    void aNameThatChangesItsAddressIsAskedOnceAndTheJudgedAddressIsUsed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Lookup rebinding = name -> found(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
        try (Upstream judged = Upstream.answering(Upstream.ok("text/plain", "judged"));
                Upstream other = Upstream.on("127.0.0.2", judged.port(), (request, out) -> out.write(1));
                Egress egress = new Egress(vertx, rebinding, EgressOptions.defaults())) {
            String url = "http://rebind.test:" + judged.port() + "/x?y=1";
            assertThat(get(egress, url, judged.reach())).isEqualTo("judged");
            assertThat(asked).hasValue(1);
            assertThat(other.connections).hasValue(0);
            assertThat(judged.requests.getFirst().target()).isEqualTo("/x?y=1");
            assertThat(judged.requests.getFirst().header("host")).containsExactly("rebind.test:" + judged.port());
        }
    }

    @Test
    void aSecondLookupIsJudgedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Lookup rebinding = name -> found(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
        EgressOptions forgetful = EgressOptions.defaults().withLookupTtl(java.time.Duration.ZERO);
        try (Upstream judged = Upstream.answering(Upstream.ok("text/plain", "judged"));
                Upstream other = Upstream.on("127.0.0.2", judged.port(), (request, out) -> out.write(1));
                Egress egress = new Egress(vertx, rebinding, forgetful)) {
            String url = "http://rebind.test:" + judged.port() + "/";
            assertThat(get(egress, url, judged.reach())).isEqualTo("judged");
            assertThat(Await.failure(egress.request(HttpMethod.GET, URI.create(url), judged.reach(), "s")))
                    .isInstanceOf(EgressDenied.class);
            assertThat(other.connections).hasValue(0);
        }
    }

    @Test
    void anotherAnswerForTheSameNameIsAnotherConnection() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Lookup moving = name -> found(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
        EgressOptions forgetful = EgressOptions.defaults().withLookupTtl(java.time.Duration.ZERO);
        try (Upstream first = Upstream.answering(Upstream.ok("text/plain", "first"));
                Upstream second = Upstream.on(
                        "127.0.0.2",
                        first.port(),
                        (request, out) -> out.write(Upstream.ok("text/plain", "second")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                Egress egress = new Egress(vertx, moving, forgetful)) {
            Reach both = new Reach(Set.of("127.0.0.0/8"));
            String url = "http://moving.test:" + first.port() + "/";
            assertThat(get(egress, url, both)).isEqualTo("first");
            assertThat(get(egress, url, both)).isEqualTo("second");
            assertThat(second.connections).hasValue(1);
        }
    }

    @Test
    void theNextJudgedAddressIsTriedWhenOneDoesNotAnswer() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("text/plain", "up"));
                Egress egress = new Egress(vertx, name -> found("127.0.0.3", "127.0.0.1"), EgressOptions.defaults())) {
            assertThat(get(egress, "http://two.test:" + up.port() + "/", new Reach(Set.of("two.test"))))
                    .isEqualTo("up");
        }
    }

    @Test
    void connectionsAreKeptInsideOneSourceAndNeverSharedBetweenTwo() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("text/plain", "up"));
                Egress egress = new Egress(vertx, name -> found(), EgressOptions.defaults())) {
            for (int i = 0; i < 3; i++) {
                body(egress.request(HttpMethod.GET, URI.create(up.url("/")), up.reach(), "one"));
            }
            assertThat(up.connections).hasValue(1);
            body(egress.request(HttpMethod.GET, URI.create(up.url("/")), up.reach(), "two"));
            assertThat(up.connections).hasValue(2);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (Upstream up = Upstream.answering("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
                Egress egress = new Egress(vertx, name -> found(), EgressOptions.defaults())) {
            HttpClientRequest request =
                    Await.value(egress.request(HttpMethod.GET, URI.create(up.url("/")), up.reach(), "s"));
            assertThat(Await.value(request.send()).statusCode()).isEqualTo(302);
            assertThat(up.requests).hasSize(1);
        }
    }

    @Test
    void waitingForAConnectionIsBounded() throws Exception {
        EgressOptions narrow = EgressOptions.defaults().withConnections(1, 1);
        try (Upstream up = Upstream.answering((request, out) -> {});
                Egress egress = new Egress(vertx, name -> found(), narrow)) {
            URI uri = URI.create(up.url("/"));
            Await.value(egress.request(HttpMethod.GET, uri, up.reach(), "s")).send();
            Future<HttpClientRequest> waiting = egress.request(HttpMethod.GET, uri, up.reach(), "s");
            Throwable tooMany = Await.failure(egress.request(HttpMethod.GET, uri, up.reach(), "s"));
            assertThat(Faults.of(tooMany).message()).isEqualTo("too many calls already wait for the tool's server");
            assertThat(waiting.isComplete()).isFalse();
        }
    }

    @Test
    void aNameWithoutAddressAndAClosedPortAreUnreachable() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0)) {
            closed = free.getLocalPort();
        }
        try (Egress egress = new Egress(vertx, name -> found(), EgressOptions.defaults())) {
            assertThat(Await.failure(
                            egress.request(HttpMethod.GET, URI.create("https://nowhere.test/"), Reach.PUBLIC, "s")))
                    .isInstanceOf(UnknownHostException.class);
            Reach reach = new Reach(Set.of("127.0.0.1"));
            assertThat(Await.failure(
                            egress.request(HttpMethod.GET, URI.create("http://127.0.0.1:" + closed + "/"), reach, "s")))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void theSystemsOwnLookupFindsLocalhost() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("text/plain", "up"));
                Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults())) {
            String url = "http://localhost:" + up.port() + "/";
            assertThat(get(egress, url, new Reach(Set.of("localhost")))).isEqualTo("up");
            assertThat(Await.failure(egress.request(HttpMethod.GET, URI.create(url), Reach.PUBLIC, "s")))
                    .isInstanceOf(EgressDenied.class);
        }
    }

    private static String get(Egress egress, String url, Reach reach) throws Exception {
        return body(egress.request(HttpMethod.GET, URI.create(url), reach, "s"));
    }

    private static String body(Future<HttpClientRequest> request) throws Exception {
        return Await.value(request.compose(HttpClientRequest::send).compose(response -> response.body()))
                .toString();
    }

    private static Future<List<InetAddress>> found(String... literals) {
        return Future.succeededFuture(
                List.of(literals).stream().map(InetAddress::ofLiteral).toList());
    }
}
