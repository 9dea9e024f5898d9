package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.sse.SseProtocol;
import dev.toolkeep.tool.CallTemplate;
import java.time.Duration;

class SseContractTest extends ProtocolContract {
    @SuppressWarnings("NullAway.Init") // opened for every test
    private HttpHouse house;

    @Override
    protected Kit open() {
        house = new HttpHouse(
                HttpHouse.of("text/event-stream", "data: {\"n\": 1, \"words\": \"more than sixteen bytes\"}\n\n"),
                HttpHouse.of("text/event-stream", "data: \"0123456789abcdef\"\n\n".repeat(80_000)));
        return new Kit(
                new SseProtocol(house.vertx, house.egress),
                house.reach(),
                call("/answers"),
                call("/hangs"),
                call("/large"),
                call("/breaks"));
    }

    private CallTemplate call(String path) {
        return new CallTemplate.Sse(house.call(path), "", false, Duration.ofSeconds(1), 1_000_000);
    }

    @Override
    protected void awaitHanging() {
        house.awaitHanging();
    }

    @Override
    protected void close() {
        house.close();
    }
}
