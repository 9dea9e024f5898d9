package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.http.HttpProtocol;
import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.tool.CallTemplate;

class HttpContractTest extends ProtocolContract {
    @SuppressWarnings("NullAway.Init") // opened for every test
    private HttpHouse house;

    @Override
    protected Kit open() {
        house = new HttpHouse(new Reply.Echo(), new Reply.Huge(Long.MAX_VALUE));
        return new Kit(
                new HttpProtocol(house.vertx, house.egress),
                house.reach(),
                call("/answers"),
                call("/hangs"),
                call("/large"),
                call("/breaks"));
    }

    private CallTemplate call(String path) {
        return new CallTemplate.Http(house.call(path), false);
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
