package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.graphql.GraphQlProtocol;
import dev.toolkeep.protocol.http.HttpProtocol;
import dev.toolkeep.protocol.sse.SseProtocol;
import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.CallTemplate.GraphQl.Operation;
import org.junit.jupiter.api.Nested;

class GraphQlContractTest {
    private static final String DATA = "{\"data\": {\"words\": \"more than sixteen bytes\"}}";

    @Nested
    class Queries extends House {
        Queries() {
            super(
                    Operation.QUERY,
                    HttpHouse.of("application/json", DATA),
                    HttpHouse.of("application/json", "{\"data\":{\"a\":\"" + "x".repeat(1_000_001) + "\"}}"));
        }
    }

    @Nested
    class Subscriptions extends House {
        Subscriptions() {
            super(
                    Operation.SUBSCRIPTION,
                    HttpHouse.of("text/event-stream", "event: next\ndata: " + DATA + "\n\n"),
                    HttpHouse.of("text/event-stream", ("event: next\ndata: " + DATA + "\n\n").repeat(40_000)));
        }
    }

    abstract static class House extends ProtocolContract {
        private final Operation operation;
        private final Reply answer;
        private final Reply large;

        @SuppressWarnings("NullAway.Init") // opened for every test
        private HttpHouse house;

        House(Operation operation, Reply answer, Reply large) {
            this.operation = operation;
            this.answer = answer;
            this.large = large;
        }

        @Override
        protected Kit open() {
            house = new HttpHouse(answer, large);
            return new Kit(
                    new GraphQlProtocol(
                            new HttpProtocol(house.vertx, house.egress), new SseProtocol(house.vertx, house.egress)),
                    house.reach(),
                    call("/answers"),
                    call("/hangs"),
                    call("/large"),
                    call("/breaks"));
        }

        private CallTemplate call(String path) {
            String document = operation == Operation.QUERY ? "{ words }" : "subscription { words }";
            return new GraphQl(house.call(path), operation, "", document, 1_000_000);
        }

        @Override
        protected void awaitHanging() {
            house.awaitHanging();
        }

        @Override
        protected void close() throws Exception {
            house.close();
        }
    }
}
