package dev.toolkeep.protocol.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.net.Upstream;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamProtocolTest {
    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final StreamProtocol stream = new StreamProtocol(vertx, egress);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Withdrawal withdrawal = new Withdrawal();
    private final CountDownLatch first = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void everyLineOfJsonIsToldAndAllOfThemAreTheAnswer() throws Exception {
        try (Upstream up =
                Upstream.answering(Upstream.ok("application/x-ndjson; charset=utf-8", "{\"n\":1}\r\n\n[2]\n3"))) {
            assertThat(json(send(template(up), up.reach(), 1000))).isEqualTo("[{\"n\":1},[2],3]");
            assertThat(told).containsExactly("{\"n\":1}", "[2]", "3");
        }
    }

    @Test
    void oneBadLineIsAFault() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/x-ndjson", "{\"n\":1}\n{oops\n{\"n\":2}\n"))) {
            assertThat(fault(send(template(up), up.reach(), 1000)).kind()).isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @Test
    void aJsonDocumentIsTheAnswerAsItIs() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/json", "{\"n\":1}"))) {
            assertThat(json(send(template(up), up.reach(), 1000))).isEqualTo("{\"n\":1}");
            assertThat(told).isEmpty();
        }
    }

    @Test
    void otherBytesAreToldInPiecesAndAnsweredWhole() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/octet-stream", "abcdefghij"))) {
            Answer answer = ((Sent.Answered) send(template(up), up.reach(), 1000)).answer();
            assertThat(((Answer.Bytes) answer).bytes()).isEqualTo("abcdefghij".getBytes(StandardCharsets.UTF_8));
            assertThat(told)
                    .containsExactly("{\"base64\":\"YWJjZA==\"}", "{\"base64\":\"ZWZnaA==\"}", "{\"base64\":\"aWo=\"}");
        }
        try (Upstream up = Upstream.answering(Upstream.ok("text/plain", "hello"))) {
            Answer answer = ((Sent.Answered) send(template(up), up.reach(), 1000)).answer();
            assertThat(answer).isEqualTo(new Answer.Text("hello"));
        }
    }

    @Test
    void manySmallLinesMayHoldNoMoreValuesThanADocumentOfThatSize() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/x-ndjson", "1\n".repeat(2_000)))) {
            assertThat(json(send(template(up), up.reach(), 20_000))).hasSize(4_001);
        }
        try (Upstream up = Upstream.answering(Upstream.ok("application/x-ndjson", "[1]\n".repeat(1_001)))) {
            assertThat(fault(send(template(up), up.reach(), 20_000)).kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void moreThanTheCallMayReturnIsAFaultAndClosesTheConnection() throws Exception {
        for (String type : List.of("application/x-ndjson", "application/json", "text/plain")) {
            try (Upstream up = Upstream.answering(Upstream.ok(type, "1234567890\n".repeat(20)))) {
                assertThat(fault(send(template(up), up.reach(), 100)).kind())
                        .as(type)
                        .isEqualTo(Kind.TOO_LARGE);
            }
            try (Upstream up = Upstream.answering(Upstream.ok(type, "1".repeat(200)))) {
                assertThat(fault(send(template(up), up.reach(), 100)).kind())
                        .as(type)
                        .isEqualTo(Kind.TOO_LARGE);
            }
        }
    }

    @Test
    void aStreamThatBreaksOffIsAFault() throws Exception {
        try (Upstream up = Upstream.answering((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 99\r\n\r\n1\n"
                    .getBytes(StandardCharsets.UTF_8));
            throw new java.io.IOException("broken off");
        })) {
            assertThat(fault(send(template(up), up.reach(), 1000)).kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(up.requests).hasSize(1);
        }
    }

    @Test
    void aCallerWhoGivesUpEndsTheStream() throws Exception {
        try (Upstream up = Upstream.answering(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 99\r\n\r\n1\n")) {
            CompletableFuture<Sent> sent = start(template(up), up.reach(), 1000);
            Await.opened(first);
            withdrawal.say();
            assertThat(fault(Await.value(sent)).kind()).isEqualTo(Kind.CANCELLED);
            Await.opened(up.left);
        }
    }

    @Test
    void theWayOutIsGuarded() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/json", "1"))) {
            assertThat(fault(send(template(up), Reach.PUBLIC, 1000)).kind()).isEqualTo(Kind.EGRESS_DENIED);
            assertThat(up.connections.get()).isZero();
        }
    }

    private static CallTemplate.StreamableHttp template(Upstream up) {
        HttpCall request = new HttpCall(
                HttpCall.Method.GET,
                up.url("/stream"),
                "application/json",
                Map.of(),
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                new Auth.None(),
                Duration.ofSeconds(15));
        return new CallTemplate.StreamableHttp(request, 4);
    }

    private Sent send(CallTemplate.StreamableHttp template, Reach reach, int answerBytes) throws Exception {
        return Await.value(start(template, reach, answerBytes));
    }

    private CompletableFuture<Sent> start(CallTemplate.StreamableHttp template, Reach reach, int answerBytes) {
        return stream.send(new Dispatch(
                        "source",
                        template,
                        Json.object().put("q", "a\r\nX: 1"),
                        Secrets.none(),
                        reach,
                        Duration.ofSeconds(15),
                        answerBytes,
                        "req-1",
                        "",
                        Runnable::run,
                        event -> {
                            told.add(Json.text(event));
                            first.countDown();
                        },
                        withdrawal))
                .toCompletableFuture();
    }

    private static String json(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Answered.class);
        Answer.Json json = (Answer.Json) ((Sent.Answered) sent).answer();
        assertThat(new String(json.bytes(), StandardCharsets.UTF_8)).isEqualTo(Json.text(json.value()));
        return Json.text(json.value());
    }

    private static ToolFault fault(Sent sent) {
        assertThat(sent).isInstanceOf(Sent.Failed.class);
        return ((Sent.Failed) sent).fault();
    }
}
