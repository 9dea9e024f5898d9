package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.net.Upstream;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of the server's answer, however hostile.
class HttpAnswerTest {
    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final HttpProtocol http = new HttpProtocol(vertx, egress);

    @AfterEach
    void stop() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void jsonOfEveryKindOfNameIsParsedAndItsBytesAreKept() throws Exception {
        for (String type : List.of("application/json", "Application/JSON; charset=utf-8", "application/problem+json")) {
            Answer.Json json = (Answer.Json) answer(Upstream.ok(type, "{ \"a\":  1.0 }"));
            assertThat(json.bytes()).asString().isEqualTo("{ \"a\":  1.0 }");
            assertThat(json.value().get("a").decimalValue()).isEqualTo("1.0");
        }
    }

    @Test
    void jsonThatIsNotStrictIsABadAnswer() throws Exception {
        for (String body : List.of(
                "{\"a\":1,\"a\":2}",
                "{",
                "{} x",
                "nope",
                "NaN",
                "[1e400]",
                "\u00ef\u00bb\u00bf{}",
                "\"\\ud800\"",
                "[".repeat(500) + "]".repeat(500))) {
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            ToolFault fault = fault(head("application/json", bytes.length) + body);
            assertThat(fault.kind()).as(body).isEqualTo(Kind.BAD_ANSWER);
        }
        assertThat(fault(head("application/json", 3) + "\"\u00ff\"").kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void textIsDecodedInItsCharacterSet() throws Exception {
        assertThat(answer(head("text/plain; charset=ISO-8859-1", 1) + "\u00e9")).isEqualTo(new Answer.Text("é"));
        assertThat(answer(head("text/html", 2) + "\u00c3\u00a9")).isEqualTo(new Answer.Text("é"));
        assertThat(answer(head("image/svg+xml", 4) + "<a/>")).isEqualTo(new Answer.Text("<a/>"));
        assertThat(fault(head("text/plain", 1) + "\u00e9").kind()).isEqualTo(Kind.BAD_ANSWER);
        assertThat(fault(head("text/plain; charset=nonsense", 1) + "x").kind()).isEqualTo(Kind.BAD_ANSWER);
        assertThat(fault(head("text/plain; charset=?%$", 1) + "x").kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void nothingIsAnEmptyTextAndTheRestIsBytes() throws Exception {
        assertThat(answer("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new Answer.Text(""));
        assertThat(answer(head("application/json", 0))).isEqualTo(new Answer.Text(""));
        Answer.Bytes image = (Answer.Bytes) answer(head("image/png", 3) + "\u0089PN");
        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(image.bytes()).containsExactly(0x89, 'P', 'N');
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")).isEqualTo(new Answer.Text("hi"));
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\u00ff")).isInstanceOf(Answer.Bytes.class);
    }

    @Test
    void anErrorStatusIsAFaultWithWhatTheServerSaidMadePrintable() throws Exception {
        String said = "no\u0000 \u001b[31msuch\r\n\tthing " + "x".repeat(5000);
        ToolFault fault = fault("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: " + said.length()
                + "\r\n\r\n" + said);
        assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
        assertThat(fault.message()).isEqualTo("the tool's server answered with HTTP status 404");
        assertThat(fault.detail())
                .startsWith("no [31msuch thing xxx")
                .hasSizeBetween(1900, 2000)
                .doesNotContain("\u001b");
        String hidden = "ok\u202Eevil\u200B\u2028end";
        assertThat(fault("HTTP/1.1 500 X\r\nContent-Length: 18\r\n\r\n"
                                + new String(hidden.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                        .detail())
                .isEqualTo("okevil end");
    }

    @Test
    void anErrorThatNeverEndsIsCutAndTheConnectionClosed() throws Exception {
        try (Upstream up = Upstream.answering((request, out) -> {
            write(out, "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                write(out, "400\r\n" + "e".repeat(1024) + "\r\n");
            }
        })) {
            ToolFault fault = fault(up, 1000, Duration.ofSeconds(10));
            assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
            assertThat(fault.detail()).startsWith("eeee");
            Await.opened(up.left);
        }
    }

    @Test
    void aRedirectIsAFaultAndTheTargetNeverSeesTheCall() throws Exception {
        try (Upstream target = Upstream.answering(Upstream.ok("text/plain", "internal"))) {
            for (int status : List.of(301, 302, 303, 307, 308, 304)) {
                ToolFault fault = fault(
                        "HTTP/1.1 " + status + " R\r\nLocation: " + target.url("/") + "\r\nContent-Length: 0\r\n\r\n");
                assertThat(fault.kind()).isEqualTo(Kind.UPSTREAM_STATUS);
                assertThat(fault.message()).contains("redirect");
            }
            assertThat(target.connections).hasValue(0);
        }
    }

    @Test
    void anAnswerOverItsBoundIsTooLargeAndTheConnectionClosed() throws Exception {
        try (Upstream declared = Upstream.answering(head("text/plain", 1001) + "x".repeat(10));
                Upstream lying = Upstream.answering(head("text/plain", 99_999_999_999L));
                Upstream endless = Upstream.answering((request, out) -> {
                    write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
                    while (true) {
                        write(out, "x".repeat(1024));
                    }
                });
                Upstream exact = Upstream.answering(head("text/plain", 1000) + "x".repeat(1000))) {
            for (Upstream up : List.of(declared, lying, endless)) {
                assertThat(fault(up, 1000, Duration.ofSeconds(10)).kind()).isEqualTo(Kind.TOO_LARGE);
                Await.opened(up.left);
            }
            assertThat(send(exact, 1000, Duration.ofSeconds(10))).isInstanceOf(Sent.Answered.class);
        }
    }

    @Test
    void aPackedAnswerIsUnpackedWithinTheBound() throws Exception {
        byte[] bomb = packed(new byte[5_000_000], true);
        byte[] small = packed("{\"a\":1}".getBytes(StandardCharsets.UTF_8), false);
        byte[] broken = "not gzip".getBytes(StandardCharsets.UTF_8);
        assertThat(fault(coded("gzip", bomb)).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(answer(coded("deflate", small))).isInstanceOf(Answer.Json.class);
        assertThat(fault(coded("gzip", broken)).kind()).isEqualTo(Kind.BAD_ANSWER);
        assertThat(fault(coded("br", broken)).kind()).isEqualTo(Kind.BAD_ANSWER);
        assertThat(fault(coded("gzip, gzip", bomb)).kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void aServerThatDawdlesIsTimedOutAndLeft() throws Exception {
        try (Upstream silent = Upstream.answering((request, out) -> {});
                Upstream slowHead = Upstream.answering("HTTP/1.1 200 OK\r\nX-Slow: ");
                Upstream slowBody = Upstream.answering(head("text/plain", 100) + "x")) {
            for (Upstream up : List.of(silent, slowHead, slowBody)) {
                assertThat(fault(up, 1000, Duration.ofMillis(250)).kind()).isEqualTo(Kind.TIMED_OUT);
                Await.opened(up.left);
            }
        }
    }

    @Test
    void aConnectionThatBreaksIsUnreachable() throws Exception {
        for (String start : List.of(
                "",
                "HTTP/1.1 200",
                head("text/plain", 100) + "half",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe")) {
            try (Upstream up = Upstream.answering((request, out) -> {
                write(out, start);
                throw new IOException("the server dies");
            })) {
                ToolFault fault = fault(up, 1000, Duration.ofSeconds(10));
                assertThat(fault.kind()).as(start).isEqualTo(Kind.UNREACHABLE);
                assertThat(fault.message()).as(start).contains("closed the connection");
            }
        }
    }

    @Test
    void whatIsNotHttpIsABadAnswer() throws Exception {
        for (String raw : List.of(
                "SSH-2.0-OpenSSH_9.9\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Big: " + "h".repeat(200_000) + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(50_000) + "\r\n",
                "HTTP/1.1 200 " + "o".repeat(100_000) + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nzz")) {
            ToolFault fault = fault(raw);
            assertThat(fault.kind()).as(raw.substring(0, 20)).isIn(Kind.BAD_ANSWER, Kind.UNREACHABLE);
        }
    }

    @Test
    void aHostThatWasNotGrantedIsDeniedWithoutConnecting() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("text/plain", "internal"))) {
            Sent sent =
                    Await.value(http.send(Calls.dispatch(Calls.get(up.url("/")), "{}", Secrets.none(), Reach.PUBLIC)));
            assertThat(((Sent.Failed) sent).fault().kind()).isEqualTo(Kind.EGRESS_DENIED);
            assertThat(up.connections).hasValue(0);
        }
    }

    @Test
    void twoAnswersToOneRequestDoNotAnswerTheNext() throws Exception {
        try (Upstream up =
                Upstream.answering(Upstream.ok("text/plain", "mine") + Upstream.ok("text/plain", "smuggled"))) {
            for (int i = 0; i < 5; i++) {
                Sent sent = send(up, 1000, Duration.ofSeconds(10));
                if (sent instanceof Sent.Answered answered) {
                    assertThat(answered.answer()).isEqualTo(new Answer.Text("mine"));
                }
            }
        }
    }

    private Sent send(Upstream up, int answerBytes, Duration timeout) throws Exception {
        return Await.value(http.send(
                Calls.dispatch(Calls.get(up.url("/")), "{}", Secrets.none(), up.reach(), timeout, answerBytes)));
    }

    private ToolFault fault(Upstream up, int answerBytes, Duration timeout) throws Exception {
        Sent sent = send(up, answerBytes, timeout);
        assertThat(sent).isInstanceOf(Sent.Failed.class);
        return ((Sent.Failed) sent).fault();
    }

    private ToolFault fault(String raw) throws Exception {
        try (Upstream up = Upstream.answering(raw)) {
            return fault(up, 100_000, Duration.ofSeconds(10));
        }
    }

    private Answer answer(String raw) throws Exception {
        try (Upstream up = Upstream.answering(raw)) {
            Sent sent = send(up, 100_000, Duration.ofSeconds(10));
            assertThat(sent).isInstanceOf(Sent.Answered.class);
            return ((Sent.Answered) sent).answer();
        }
    }

    private static String head(String type, long length) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String coded(String coding, byte[] body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: " + coding
                + "\r\nContent-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    }

    private static byte[] packed(byte[] plain, boolean gzip) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
