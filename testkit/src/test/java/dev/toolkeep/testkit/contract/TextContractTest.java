package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.text.TextProtocol;
import dev.toolkeep.tool.CallTemplate;

class TextContractTest extends ProtocolContract {
    @Override
    protected Kit open() {
        return new Kit(
                new TextProtocol(),
                Reach.PUBLIC,
                new CallTemplate.Text("more than sixteen bytes"),
                null,
                new CallTemplate.Text("x".repeat(1 << 20)),
                null);
    }

    @Override
    protected void close() {}
}
