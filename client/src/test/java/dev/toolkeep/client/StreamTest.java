package dev.toolkeep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.testkit.fake.FakeHttpTool;
import dev.toolkeep.testkit.fake.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamTest {
    private final FakeHttpTool server = FakeHttpTool.start();
    private final ToolkeepClient client = ToolkeepClient.create(ClientConfig.builder()
            .postProcessing((tool, value) -> value.isInt()
                    ? tools.jackson.databind.node.JsonNodeFactory.instance.numberNode(value.intValue() * 10)
                    : value)
            .build());

    StreamTest() {
        String events = Manuals.tool("ticks", "Ticks", """
                {"call_template_type":"sse","url":"%s","reconnect":false}""".formatted(server.at("/ticks")));
        String plain = Manuals.get("now", server, "/now");
        server.answer("/ticks", Reply.of(200, "text/event-stream", "data: 1\n\ndata: 2\n\ndata: 3\n\n"));
        client.register(ManualTemplate.text("weather", Manuals.of(events, plain))
                        .allow("sse", "http")
                        .reach(server.hostAndPort()))
                .orThrow();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void eachEventIsAPiecePostProcessedAlone() {
        List<Integer> heard = new ArrayList<>();
        try (ToolStream stream = client.stream("weather.ticks", Map.of("city", "Bern"))) {
            stream.forEachRemaining(piece -> heard.add(piece.intValue()));
            assertThat(stream.hasNext()).isFalse();
        }
        assertThat(heard).containsExactly(10, 20, 30);
    }

    @Test
    void aToolThatDoesNotStreamGivesOnePiece() {
        try (ToolStream stream = client.stream("weather.now", Map.of("city", "Bern"))) {
            assertThat(stream.next().path("path").stringValue()).isEqualTo("/now");
            assertThat(stream.hasNext()).isFalse();
        }
    }

    @Test
    void whatRefusesACallRefusesAStream() {
        try (ToolStream stream = client.stream("weather.ticks", Map.of())) {
            assertThatExceptionOfType(CallRefused.class).isThrownBy(stream::hasNext);
        }
    }

    @Test
    void closingAStreamEndsItsCall() {
        server.answer("/now", new Reply.Held(Reply.json("{}")));
        ToolStream stream = client.stream("weather.now", Map.of("city", "Bern"));
        await().until(() -> server.open() == 1);
        stream.close();
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(stream::hasNext)
                .satisfies(ended -> assertThat(ended.code()).isEqualTo("cancelled"));
        server.release();
    }

    @Test
    void aSubscriberGetsWhatItAsksForAndNoMore() throws Exception {
        Heard heard = new Heard();
        client.publish("weather.ticks", Map.of("city", "Bern")).subscribe(heard);
        Flow.Subscription subscription = heard.subscribed.get();
        subscription.request(2);
        await().until(() -> heard.pieces.size() == 2);
        assertThat(heard.ended).isNotDone();
        subscription.request(1);
        heard.ended.get();
        assertThat(heard.pieces).extracting(JsonNode::intValue).containsExactly(10, 20, 30);
    }

    @Test
    void askingForNothingIsAnError() throws Exception {
        Heard heard = new Heard();
        client.publish("weather.ticks", Map.of("city", "Bern")).subscribe(heard);
        heard.subscribed.get().request(0);
        assertThat(heard.ended.handle((fine, broke) -> broke).get()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCancelledSubscriptionEndsItsCallAndHearsNothingMore() throws Exception {
        server.answer("/now", new Reply.Held(Reply.json("{}")));
        Heard heard = new Heard();
        client.publish("weather.now", Map.of("city", "Bern")).subscribe(heard);
        heard.subscribed.get().request(1);
        await().until(() -> server.open() == 1);
        heard.subscribed.get().cancel();
        await().until(() -> client.open() == 0);
        assertThat(heard.pieces).isEmpty();
        assertThat(heard.ended).isNotDone();
        server.release();
    }

    private static final class Heard implements Flow.Subscriber<JsonNode> {
        private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        private final List<JsonNode> pieces = new CopyOnWriteArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscribed.complete(subscription);
        }

        @Override
        public void onNext(JsonNode piece) {
            pieces.add(piece);
        }

        @Override
        public void onError(Throwable broke) {
            ended.completeExceptionally(broke);
        }

        @Override
        public void onComplete() {
            ended.complete(true);
        }
    }
}
