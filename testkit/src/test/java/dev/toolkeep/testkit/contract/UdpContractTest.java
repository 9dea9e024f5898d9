package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.socket.UdpProtocol;
import dev.toolkeep.tool.CallTemplate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;

/// No answer is as large as the contract's endless one: sixty-four kilobytes are the most a datagram has.
class UdpContractTest extends ProtocolContract {
    private final SocketHouse house = new SocketHouse();
    private final DatagramSocket server = house.vertx.createDatagramSocket();

    @Override
    protected Kit open() {
        server.handler(this::answer);
        SocketHouse.await(server.listen(0, "127.0.0.1"));
        return new Kit(
                new UdpProtocol(house.vertx, house.egress),
                SocketHouse.reach(server.localAddress().port()),
                call("answers"),
                call("hangs"),
                null,
                call("breaks ${TOKEN}"));
    }

    private void answer(DatagramPacket packet) {
        String word = packet.data().toString();
        switch (word.split(" ", 2)[0]) {
            case "answers" -> reply(packet, Buffer.buffer(SocketHouse.ANSWER));
            case "breaks" -> reply(packet, packet.data().appendByte((byte) 0xFF));
            default -> house.hangs();
        }
    }

    private void reply(DatagramPacket packet, Buffer bytes) {
        server.send(bytes, packet.sender().port(), packet.sender().host());
    }

    private CallTemplate call(String word) {
        return SocketHouse.template("{\"call_template_type\":\"udp\",\"host\":\"127.0.0.1\",\"port\":"
                + server.localAddress().port() + ",\"request_data_format\":\"text\",\"request_data_template\":\"" + word
                + "\"}");
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
