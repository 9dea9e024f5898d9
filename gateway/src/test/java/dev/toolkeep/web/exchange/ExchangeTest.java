package dev.toolkeep.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.web.RawPeer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @Test
    void aBugIsAnsweredWithoutAWordOfIt() throws Exception {
        try (Served served = new Served(exchange -> {
            throw new IllegalStateException("secret plan");
        })) {
            RawPeer.Heard heard = RawPeer.ask(served.port(), GET);
            assertThat(heard.status()).isEqualTo(500);
            assertThat(heard.body()).contains("internal_error").doesNotContain("secret", "IllegalState");
            assertThat(served.turnedAway()).containsExactly("bug");
        }
    }

    @Test
    void onlyTheFirstAnswerIsSent() throws Exception {
        try (Served served = new Served(exchange -> {
            exchange.empty(202);
            exchange.problem(Problem.ours());
            exchange.refuse(Problem.ours());
        })) {
            assertThat(RawPeer.ask(served.port(), GET).status()).isEqualTo(202);
            assertThat(served.turnedAway()).isEmpty();
        }
    }

    @Test
    void aContinueIsSentOnlyToABodyThatIsWanted() throws Exception {
        try (Served served = new Served(exchange -> exchange.body(body -> exchange.empty(200)))) {
            String head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
            try (RawPeer peer = new RawPeer(served.port())) {
                assertThat(peer.say(head + "2\r\n\r\n").hear().status()).isEqualTo(100);
                assertThat(peer.say("{}").hear().status()).isEqualTo(200);
            }
            assertThat(RawPeer.ask(served.port(), head + "1001\r\n\r\n").status())
                    .isEqualTo(413);
        }
    }

    @Test
    void eventsComeInOrderAndALineBreakInsideStartsANewDataLine() throws Exception {
        try (Served served = new Served(exchange -> {
            EventStream events = new EventStream(exchange);
            events.say("progress", "{\"a\":\n1}".getBytes(StandardCharsets.UTF_8));
            events.finish("result", "2".getBytes(StandardCharsets.UTF_8));
            events.say("progress", "3".getBytes(StandardCharsets.UTF_8));
        })) {
            try (RawPeer peer = new RawPeer(served.port())) {
                RawPeer.Heard head = peer.say(GET).hear();
                assertThat(head.header("content-type")).isEqualTo("text/event-stream");
                assertThat(head.header("x-accel-buffering")).isEqualTo("no");
                assertThat(peer.rest())
                        .contains("event: progress\ndata: {\"a\":\ndata: 1}\n\n")
                        .contains("event: result\ndata: 2\n\n")
                        .doesNotContain("data: 3");
            }
        }
    }

    @Test
    void aPeerThatDoesNotReadLosesEventsAndNeverTheLast() throws Exception {
        AtomicReference<EventStream> stream = new AtomicReference<>();
        byte[] big = ("\"" + "x".repeat(64 * 1024) + "\"").getBytes(StandardCharsets.US_ASCII);
        try (Served served = new Served(exchange -> {
            EventStream events = new EventStream(exchange);
            for (int i = 0; i < 1000; i++) {
                events.say("progress", big);
            }
            events.finish("result", "\"the end\"".getBytes(StandardCharsets.US_ASCII));
            stream.set(events);
        })) {
            try (RawPeer peer = new RawPeer(served.port())) {
                peer.say(GET);
                EventStream events = await().until(stream::get, Objects::nonNull);
                assertThat(Objects.requireNonNull(events).dropped()).isPositive();
                assertThat(peer.rest()).contains("the end");
            }
        }
    }
}
