package dev.toolkeep.protocol.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchTest {
    private static final Map<String, String> CREDENTIALS =
            Map.of("Authorization", "Bearer s3cret", "X-Custom-Key", "k3y", "Cookie", "c=1", "Accept", "text/yaml");

    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(
            vertx,
            name -> Future.succeededFuture(List.of(InetAddress.ofLiteral("127.0.0.1"))),
            EgressOptions.defaults());
    private final Fetch fetch = new Fetch(vertx, egress);

    @AfterEach
    void stop() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void aDocumentComesWithItsTypeAndItsLastUrl() throws Exception {
        try (Upstream up = Upstream.answering((request, out) -> write(
                out,
                request.target().equals("/manual")
                        ? "HTTP/1.1 302 Found\r\nLocation: v2/manual.yaml?x=1\r\nContent-Length: 0\r\n\r\n"
                        : Upstream.ok("application/yaml", "tools: []")))) {
            Fetched.Document document = (Fetched.Document) get(up.url("/manual"), up.reach(), 1000, CREDENTIALS);
            assertThat(document.bytes()).asString().isEqualTo("tools: []");
            assertThat(document.contentType()).isEqualTo("application/yaml");
            assertThat(document.finalUri()).hasToString(up.url("/v2/manual.yaml?x=1"));
            assertThat(up.requests.getLast().header("authorization")).containsExactly("Bearer s3cret");
        }
    }

    @Test
    void aRedirectToAnotherOriginLosesEveryCredentialForGood() throws Exception {
        try (Upstream first = Upstream.answering((request, out) -> write(out, Upstream.ok("text/plain", "back")));
                Upstream second = Upstream.answering(
                        "HTTP/1.1 307 R\r\nLocation: " + first.url("/back") + "\r\nContent-Length: 0\r\n\r\n");
                Upstream start = Upstream.answering(
                        "HTTP/1.1 301 R\r\nLocation: " + second.url("/") + "\r\nContent-Length: 0\r\n\r\n")) {
            Reach reach = new Reach(Set.of("127.0.0.1"));
            assertThat(get(start.url("/"), reach, 1000, CREDENTIALS)).isInstanceOf(Fetched.Document.class);
            assertThat(start.requests.getFirst().header("x-custom-key")).containsExactly("k3y");
            for (Upstream later : List.of(second, first)) {
                Upstream.Request request = later.requests.getFirst();
                assertThat(request.header("authorization")).isEmpty();
                assertThat(request.header("cookie")).isEmpty();
                assertThat(request.header("x-custom-key")).isEmpty();
                assertThat(request.header("accept")).containsExactly("text/yaml");
            }
        }
    }

    @Test
    void everyRedirectIsJudgedLikeTheFirstUrl() throws Exception {
        for (String location : List.of(
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:1/",
                "http://[::1]/",
                "http://2130706433/",
                "//localhost/",
                "file:///etc/passwd",
                "http://user@127.0.0.1/",
                "https://10.0.0.1/")) {
            try (Upstream up = Upstream.answering(
                    "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n")) {
                ToolFault fault = fault(get(up.url("/"), up.reach(), 1000, Map.of()));
                assertThat(fault.kind()).as(location).isEqualTo(Kind.EGRESS_DENIED);
            }
        }
    }

    @Test
    void redirectsEndAfterFive() throws Exception {
        try (Upstream up = Upstream.answering("HTTP/1.1 308 R\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(fault(get(up.url("/"), up.reach(), 1000, Map.of())).kind())
                    .isEqualTo(Kind.UPSTREAM_STATUS);
            assertThat(up.requests).hasSize(6);
        }
    }

    @Test
    void aRedirectToNowhereIsAFault() throws Exception {
        for (String header : List.of("", "Location: ht!tp://[bad\r\n", "Location: \r\n")) {
            try (Upstream up = Upstream.answering("HTTP/1.1 302 R\r\n" + header + "Content-Length: 0\r\n\r\n")) {
                assertThat(get(up.url("/"), up.reach(), 1000, Map.of())).isInstanceOf(Fetched.Failed.class);
            }
        }
    }

    @Test
    void aPackedDocumentIsUnpackedWithinItsBound() throws Exception {
        byte[] bomb = gzip(new byte[10_000_000]);
        byte[] small = gzip("tools: []".repeat(100).getBytes(StandardCharsets.UTF_8));
        try (Upstream up = Upstream.answering((request, out) -> {
            byte[] body = request.target().equals("/bomb") ? bomb : small;
            write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n");
            out.write(body);
        })) {
            assertThat(bomb).hasSizeLessThan(20_000);
            assertThat(fault(get(up.url("/bomb"), up.reach(), 1_000_000, Map.of()))
                            .kind())
                    .isEqualTo(Kind.TOO_LARGE);
            assertThat(get(up.url("/small"), up.reach(), 900, Map.of())).isInstanceOf(Fetched.Document.class);
            assertThat(fault(get(up.url("/small"), up.reach(), 899, Map.of())).kind())
                    .isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void aDocumentThatNeverEndsIsClosedAtItsBound() throws Exception {
        try (Upstream up = Upstream.answering((request, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                write(out, "400\r\n" + "x".repeat(1024) + "\r\n");
            }
        })) {
            assertThat(fault(get(up.url("/"), up.reach(), 100_000, Map.of())).kind())
                    .isEqualTo(Kind.TOO_LARGE);
            Await.opened(up.left);
        }
    }

    @Test
    void aServerThatSaysNothingIsLeftWhenTimeIsUp() throws Exception {
        try (Upstream up = Upstream.answering((request, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
            out.flush();
        })) {
            Fetched fetched =
                    Await.value(fetch.get(URI.create(up.url("/")), up.reach(), 1000, Duration.ofMillis(300), Map.of()));
            assertThat(fault(fetched).kind()).isEqualTo(Kind.TIMED_OUT);
            Await.opened(up.left);
        }
    }

    @Test
    void anErrorStatusIsAFault() throws Exception {
        try (Upstream up = Upstream.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
            ToolFault fault = fault(get(up.url("/"), up.reach(), 1000, Map.of()));
            assertThat(fault.message()).isEqualTo("the server answered with HTTP status 404");
        }
    }

    private Fetched get(String url, Reach reach, int maxBytes, Map<String, String> headers) throws Exception {
        return Await.value(fetch.get(URI.create(url), reach, maxBytes, Duration.ofSeconds(10), headers));
    }

    private static ToolFault fault(Fetched fetched) {
        assertThat(fetched).isInstanceOf(Fetched.Failed.class);
        return ((Fetched.Failed) fetched).fault();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
