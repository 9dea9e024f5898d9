package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.socket.TcpProtocol;
import dev.toolkeep.tool.CallTemplate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

class TcpContractTest extends ProtocolContract {
    private final SocketHouse house = new SocketHouse();
    private final NetServer server = SocketHouse.await(house.vertx
            .createNetServer()
            .connectHandler(socket ->
                    socket.handler(RecordParser.newDelimited("\n", word -> answer(socket, word.toString()))))
            .listen(0, "127.0.0.1"));

    @Override
    protected Kit open() {
        return new Kit(
                new TcpProtocol(house.vertx, house.egress),
                SocketHouse.reach(server.actualPort()),
                call("answers"),
                call("hangs"),
                call("large"),
                call("breaks ${TOKEN}"));
    }

    private void answer(NetSocket socket, String word) {
        switch (word.split(" ", 2)[0]) {
            case "answers" -> socket.write(SocketHouse.ANSWER + "\n");
            case "large" -> socket.write(Buffer.buffer("x".repeat(2_000_000)));
            case "breaks" -> socket.end(Buffer.buffer(word));
            default -> house.hangs();
        }
    }

    private CallTemplate call(String word) {
        return SocketHouse.template(
                "{\"call_template_type\":\"tcp\",\"host\":\"127.0.0.1\",\"port\":" + server.actualPort()
                        + ",\"request_data_format\":\"text\",\"request_data_template\":\"" + word
                        + "\",\"framing_strategy\":\"delimiter\",\"message_delimiter\":\"\\\\n\","
                        + "\"max_response_size\":1000000}");
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
