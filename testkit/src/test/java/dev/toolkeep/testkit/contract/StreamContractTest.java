package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.stream.StreamProtocol;
import dev.toolkeep.tool.CallTemplate;

class StreamContractTest extends ProtocolContract {
    @SuppressWarnings("NullAway.Init") // opened for every test
    private HttpHouse house;

    @Override
    protected Kit open() {
        house = new HttpHouse(
                HttpHouse.of("application/x-ndjson", "{\"n\": 1, \"words\": \"more than sixteen bytes\"}\n"),
                HttpHouse.of("application/x-ndjson", "\"0123456789abcdef\"\n".repeat(80_000)));
        return new Kit(
                new StreamProtocol(house.vertx, house.egress),
                house.reach(),
                call("/answers"),
                call("/hangs"),
                call("/large"),
                call("/breaks"));
    }

    private CallTemplate call(String path) {
        return new CallTemplate.StreamableHttp(house.call(path), 4096);
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
