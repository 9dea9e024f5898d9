package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.FakeHttpServer.content;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.events;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.legacy;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.modern;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.more;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.result;
import static dev.toolkeep.protocol.mcp.McpHouse.LONG;
import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static dev.toolkeep.protocol.mcp.McpHouse.stdio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.tool.ToolFault.Kind;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A caller that gives up: its call ends at once, the server is told, and the others of the connection go on.
class WithdrawnCallTest extends StdioFixture {
    @Test
    void aChildIsToldWhichQuestionNobodyWaitsForAnyMore() {
        house.text(GOOD, "echo");
        CompletableFuture<Sent> given = house.start(GOOD, "hang", LONG);
        Withdrawal first = house.withdrawal;
        house.withdrawal = new Withdrawal();
        CompletableFuture<Sent> kept = house.start(GOOD, "hang", LONG);
        first.say();
        assertThat(fault(given.join()).kind()).isEqualTo(Kind.CANCELLED);
        house.withdrawal = new Withdrawal();
        await().untilAsserted(() -> assertThat(house.text(GOOD, "cancelled"))
                .contains("notifications/cancelled")
                .contains("gave up"));
        assertThat(kept).isNotDone();
    }

    @Test
    void aCallWithdrawnWhileItsServerStartsIsNeverSent() {
        CompletableFuture<Sent> waiting = house.start(stdio("mute"), "echo", LONG);
        house.withdrawal.say();
        assertThat(fault(waiting.join()).message()).contains("before anything was sent");
    }

    @Test
    void aCallWithdrawnBeforeItBeganIsNeverSent() {
        house.text(GOOD, "echo");
        String before = house.text(GOOD, "cancelled");
        house.withdrawal = new Withdrawal();
        house.withdrawal.say();
        assertThat(fault(house.send(GOOD, "hang")).kind()).isEqualTo(Kind.CANCELLED);
        house.withdrawal = new Withdrawal();
        assertThat(house.text(GOOD, "cancelled")).isEqualTo(before);
    }

    @Test
    void aLegacyEndpointIsToldAndAModernOneSeesItsStreamEnd() throws Exception {
        CountDownLatch broken = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(2);
        try (FakeHttpServer old = new FakeHttpServer(legacy("s", (request, exchange) -> {
                    asked.countDown();
                    broken(exchange, new CountDownLatch(1));
                }));
                FakeHttpServer young = new FakeHttpServer(modern((request, exchange) -> {
                    asked.countDown();
                    broken(exchange, broken);
                }))) {
            CompletableFuture<Sent> first = house.start(old.record(), "a", LONG);
            Withdrawal one = house.withdrawal;
            house.withdrawal = new Withdrawal();
            CompletableFuture<Sent> second = house.start(young.record(), "a", LONG);
            asked.await();
            one.say();
            house.withdrawal.say();
            assertThat(fault(first.join()).kind()).isEqualTo(Kind.CANCELLED);
            assertThat(fault(second.join()).kind()).isEqualTo(Kind.CANCELLED);
            await().until(() -> !old.seen("notifications/cancelled").isEmpty());
            broken.await();
            assertThat(young.seen("notifications/cancelled")).isEmpty();
        }
    }

    @Test
    void progressTooLargeToWaitForASlowPeerIsDropped() {
        java.util.List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        house.progress = event -> heard.add(event.path("message").asString(""));
        try (FakeHttpServer server = new FakeHttpServer(modern((request, exchange) -> {
            events(exchange, progress(request, 1, "small"), progress(request, 2, "x".repeat(9_000)));
            more(exchange, FakeHttpServer.answerEvent(request, "done"));
        }))) {
            assertThat(house.text(server.record(), "a")).isEqualTo("done");
            assertThat(heard).containsExactly("small");
        }
        try (FakeHttpServer server = new FakeHttpServer(
                modern((request, exchange) -> result(request, exchange, content("x".repeat(9_000)))))) {
            assertThat(house.text(server.record(), "a")).hasSize(9_000);
        }
    }

    private static String progress(FakeHttpServer.Seen request, int progress, String message) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                + request.id() + ",\"progress\":" + progress + ",\"message\":\"" + message + "\"}}\n\n";
    }

    /// Begins a stream and goes on until nobody reads it.
    private static void broken(com.sun.net.httpserver.HttpExchange exchange, CountDownLatch noticed) {
        try {
            events(exchange, "");
            while (noticed.getCount() > 0) {
                more(exchange, ": still here\n");
            }
        } catch (IOException e) {
            noticed.countDown();
        }
    }
}
