package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.FakeHttpServer.content;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.events;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.json;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.legacy;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.modern;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.more;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.result;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.send;
import static dev.toolkeep.protocol.mcp.McpHouse.LONG;
import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HostileHttpServerTest extends HttpFixture {
    @Test
    void anAnswerThatNeverComesEndsInTimeAndALegacyServerIsTold() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> {
            asked.countDown();
            awaitQuietly(over);
        }));
        CompletableFuture<Sent> call = house.start(server.record(), "a", Duration.ofSeconds(2));
        asked.await();
        assertThat(fault(call.join()).kind()).isEqualTo(Kind.TIMED_OUT);
        await().until(() -> !server.seen("notifications/cancelled").isEmpty());
        over.countDown();
    }

    @Test
    void closingEndsACallInFlight() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        FakeHttpServer server = serve(modern((request, exchange) -> {
            asked.countDown();
            awaitQuietly(over);
        }));
        CompletableFuture<Sent> call = house.start(server.record(), "a", LONG);
        asked.await();
        house.servers.close();
        assertThat(fault(call.join()).kind()).isEqualTo(Kind.CANCELLED);
        over.countDown();
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        FakeHttpServer json =
                serve(modern((request, exchange) -> result(request, exchange, content("x".repeat(100_000)))));
        assertThat(limited(json)).isEqualTo(Kind.TOO_LARGE);
        FakeHttpServer event = serve(modern(
                (request, exchange) -> events(exchange, FakeHttpServer.answerEvent(request, "x".repeat(5_000)))));
        assertThat(limited(event)).isEqualTo(Kind.TOO_LARGE);
        FakeHttpServer endless = serve(modern((request, exchange) -> {
            events(exchange, "data: ");
            while (true) {
                more(exchange, "x".repeat(1000));
            }
        }));
        assertThat(limited(endless)).isEqualTo(Kind.TOO_LARGE);
    }

    private Kind limited(FakeHttpServer server) {
        return fault(house.start(new CallTemplate.Mcp(server.record(), "a"), LONG, 4_000)
                        .join())
                .kind();
    }

    @Test
    void aFloodOnTheStreamIsAFault() {
        house.close();
        house = new McpHouse(
                McpHouse.options(folder).with(new McpOptions.Limits(256, 64, 1 << 20, 1 << 20, 100, 500, 100, 10)));
        for (String line : List.of("data: garbage\n\n", "data: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n\n")) {
            FakeHttpServer server = serve(modern((request, exchange) -> {
                events(exchange, "");
                while (true) {
                    more(exchange, line);
                }
            }));
            assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @Test
    void whatIsNoAnswerIsAFault() {
        for (String body :
                List.of("", "<html>", "[]", "{\"jsonrpc\":\"2.0\",\"id\":-77,\"result\":{}}", "{\"a\":1,\"a\":2}")) {
            FakeHttpServer server = serve(modern((request, exchange) -> json(exchange, 200, body)));
            assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @Test
    void aStatusIsAFaultAndARedirectIsNotFollowed() {
        FakeHttpServer unauthorised = serve(modern((request, exchange) -> send(exchange, 401, "who are you?")));
        assertThat(fault(house.send(unauthorised.record(), "a")).kind()).isEqualTo(Kind.UPSTREAM_STATUS);
        assertThat(fault(house.send(unauthorised.record(), "a")).detail()).isEqualTo("who are you?");
        FakeHttpServer redirecting = serve(modern((request, exchange) -> {
            exchange.getResponseHeaders().set("Location", unauthorised.record().url());
            send(exchange, 307, "");
        }));
        int before = unauthorised.seen.size();
        assertThat(fault(house.send(redirecting.record(), "a")).message()).contains("307");
        assertThat(unauthorised.seen).hasSize(before);
    }

    @Test
    void compressedContentIsRefused() {
        FakeHttpServer server = serve(modern((request, exchange) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            result(request, exchange, content("bomb"));
        }));
        assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void aSessionIdThatIsNoVisibleAsciiIsRefused() {
        FakeHttpServer server =
                serve(legacy("s p a c e", (request, exchange) -> result(request, exchange, content("hi"))));
        assertThat(fault(house.send(server.record(), "a")).message()).contains("session id");
    }

    @Test
    void anAddressThatIsNotGrantedIsNotAsked() {
        FakeHttpServer server = serve(modern((request, exchange) -> result(request, exchange, content("hi"))));
        assertThat(house.text(server.record(), "a")).isEqualTo("hi");
        int before = server.seen.size();
        house.reach = Reach.PUBLIC;
        assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.EGRESS_DENIED);
        assertThat(house.list(server.record())).isInstanceOf(McpListed.Failed.class);
        assertThat(server.seen).hasSize(before);
    }

    @Test
    void aServerThatIsAwayIsAFaultAndFoundAgainWhenItIsBack() {
        FakeHttpServer gone = new FakeHttpServer((request, exchange) -> {});
        McpServer record = gone.record();
        gone.close();
        for (int i = 0; i < 5; i++) {
            assertThat(fault(house.send(record, "a")).kind()).isEqualTo(Kind.UNREACHABLE);
        }
        AtomicBoolean fine = new AtomicBoolean();
        FakeHttpServer moody = serve(modern((request, exchange) -> {
            if (fine.get()) {
                result(request, exchange, content("hi"));
            }
        }));
        assertThat(fault(house.send(moody.record(), "a")).kind()).isEqualTo(Kind.UNREACHABLE);
        fine.set(true);
        await().untilAsserted(() -> assertThat(house.text(moody.record(), "a")).isEqualTo("hi"));
    }

    @Test
    void headersThatAreNotTheOperatorsToSetAreRefused() {
        for (String name : List.of("Host", "content-length", "Mcp-Session-Id", "Transfer-Encoding", "Bad Name", "")) {
            McpServer record = new McpServer.Http("http://127.0.0.1:1/mcp", Map.of(name, "x"));
            assertThat(fault(house.send(record, "a")).kind()).isEqualTo(Kind.BAD_REQUEST);
        }
        McpServer injected = new McpServer.Http("http://127.0.0.1:1/mcp", Map.of("X", "a\r\nHost: b"));
        assertThat(fault(house.send(injected, "a")).kind()).isEqualTo(Kind.BAD_REQUEST);
        McpServer nowhere = new McpServer.Http("not a url", Map.of());
        assertThat(fault(house.send(nowhere, "a")).kind()).isEqualTo(Kind.BAD_REQUEST);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
