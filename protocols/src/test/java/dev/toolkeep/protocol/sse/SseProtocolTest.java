package dev.toolkeep.protocol.sse;

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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SseProtocolTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    private static final String LONG =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final SseProtocol sse = new SseProtocol(vertx, egress);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Withdrawal withdrawal = new Withdrawal();
    private final CountDownLatch first = new CountDownLatch(1);

    @AfterEach
    void stop() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void everyEventIsToldAndAllOfThemAreTheAnswer() throws Exception {
        try (Upstream up = raw(HEAD + "\uFEFF: hello\r\ndata: {\"n\":1}\r\n\r\nevent: tick\rdata: two\rdata: lines\r\r"
                + "data: \u00fc\n\ndata: unfinished")) {
            Sent sent = send(template(up, "", 100, true), up.reach(), 1000);
            assertThat(json(sent)).isEqualTo("[{\"n\":1},\"two\\nlines\",\"\u00fc\"]");
            assertThat(told).containsExactly("{\"n\":1}", "\"two\\nlines\"", "\"\u00fc\"");
            assertThat(up.requests.getFirst().line()).startsWith("GET /events?q=a%0D%0AX%3A%201 ");
            assertThat(up.requests.getFirst().header("accept")).containsExactly("text/event-stream");
        }
    }

    @Test
    void onlyTheNamedEventsCountAndTheStreamEndsAfterTheMostEvents() throws Exception {
        try (Upstream up =
                raw(LONG + "data: no\n\nevent: tick\ndata: 1\n\nevent: tick\ndata: 2\n\nevent: tick\ndata: 3\n\n")) {
            assertThat(json(send(template(up, "tick", 2, true), up.reach(), 1000)))
                    .isEqualTo("[1,2]");
            Await.opened(up.left);
        }
    }

    @Test
    void aStreamThatBreaksOffIsTakenUpAgainWhereItWas() throws Exception {
        try (Upstream up = Upstream.answering((request, out) -> {
            boolean again = !request.header("last-event-id").isEmpty();
            write(out, again ? HEAD + "data: 2\n\n" : LONG + "retry: 1\nid: 41\ndata: 1\n\n");
            throw new IOException("broken off");
        })) {
            assertThat(json(send(template(up, "", 100, true), up.reach(), 1000)))
                    .isEqualTo("[1,2]");
            assertThat(up.requests.getLast().header("last-event-id")).containsExactly("41");
        }
    }

    @Test
    void itIsNotTakenUpAgainForEverNorUnasked() throws Exception {
        try (Upstream up = Upstream.answering((request, out) -> {
            write(out, LONG + "retry: 1\nid: 1\n\n");
            throw new IOException("broken off");
        })) {
            assertThat(fault(send(template(up, "", 100, true), up.reach(), 1000))
                            .kind())
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(up.requests).hasSize(6);
            assertThat(fault(send(template(up, "", 100, false), up.reach(), 1000))
                            .kind())
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(up.requests).hasSize(7);
        }
    }

    @Test
    void moreThanTheCallMayReturnIsAFaultAndClosesTheConnection() throws Exception {
        for (String flood : List.of("data: " + "x".repeat(200) + "\n\n", "data: 12345678\n\n".repeat(50))) {
            try (Upstream up = raw(LONG + flood)) {
                assertThat(fault(send(template(up, "", 100, true), up.reach(), 100))
                                .kind())
                        .isEqualTo(Kind.TOO_LARGE);
                Await.opened(up.left);
            }
        }
    }

    @Test
    void aCallerWhoGivesUpEndsTheStream() throws Exception {
        try (Upstream up = raw(LONG + "data: 1\n\n")) {
            CompletableFuture<Sent> sent = start(template(up, "", 100, true), up.reach(), 1000);
            Await.opened(first);
            withdrawal.say();
            assertThat(fault(Await.value(sent)).kind()).isEqualTo(Kind.CANCELLED);
            Await.opened(up.left);
        }
    }

    @Test
    void whatIsNoEventStreamOrTakesTooLongIsAFault() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("application/json", "{}"))) {
            assertThat(fault(send(template(up, "", 100, true), up.reach(), 1000))
                            .kind())
                    .isEqualTo(Kind.BAD_ANSWER);
        }
        try (Upstream up = raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(fault(send(template(up, "", 100, true), up.reach(), 1000))
                            .kind())
                    .isEqualTo(Kind.UPSTREAM_STATUS);
        }
        try (Upstream up = raw(LONG)) {
            CallTemplate.Sse slow = template(up, "", 100, true, Duration.ofMillis(50));
            assertThat(fault(send(slow, up.reach(), 1000)).kind()).isEqualTo(Kind.TIMED_OUT);
            Await.opened(up.left);
        }
    }

    @Test
    void theWayOutIsGuarded() throws Exception {
        try (Upstream up = raw(HEAD + "data: 1\n\n")) {
            assertThat(fault(send(template(up, "", 100, true), Reach.PUBLIC, 1000))
                            .kind())
                    .isEqualTo(Kind.EGRESS_DENIED);
            assertThat(up.connections.get()).isZero();
        }
    }

    private static Upstream raw(String answer) {
        return Upstream.answering((request, out) -> {
            write(out, answer);
            if (answer.startsWith(HEAD)) {
                throw new IOException("the end");
            }
        });
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static CallTemplate.Sse template(Upstream up, String type, int most, boolean reconnect) {
        return template(up, type, most, reconnect, Duration.ofSeconds(15));
    }

    private static CallTemplate.Sse template(Upstream up, String type, int most, boolean reconnect, Duration timeout) {
        HttpCall request = new HttpCall(
                HttpCall.Method.GET,
                up.url("/events"),
                "application/json",
                Map.of(),
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                new Auth.None(),
                timeout);
        return new CallTemplate.Sse(request, type, reconnect, Duration.ofMillis(1), most);
    }

    private Sent send(CallTemplate.Sse template, Reach reach, int answerBytes) throws Exception {
        return Await.value(start(template, reach, answerBytes));
    }

    private CompletableFuture<Sent> start(CallTemplate.Sse template, Reach reach, int answerBytes) {
        return sse.send(new Dispatch(
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
