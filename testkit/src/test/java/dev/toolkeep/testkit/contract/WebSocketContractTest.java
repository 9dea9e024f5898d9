package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.protocol.websocket.WebSocketProtocol;
import dev.toolkeep.tool.CallTemplate;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.security.SecureRandom;
import java.time.Duration;

/// With Vert.x's own WebSocket server on the other side.
class WebSocketContractTest extends ProtocolContract {
    private final SocketHouse house = new SocketHouse();
    private final HttpServer server = SocketHouse.await(house.vertx
            .createHttpServer()
            .webSocketHandler(socket -> socket.textMessageHandler(word -> answer(socket, word)))
            .listen(0, "127.0.0.1"));

    @Override
    protected Kit open() {
        return new Kit(
                new WebSocketProtocol(
                        house.vertx,
                        house.egress,
                        new Tokens(house.vertx, house.egress),
                        new SecureRandom(),
                        Duration.ofSeconds(30)),
                SocketHouse.reach(server.actualPort()),
                call("answers"),
                call("hangs"),
                call("large"),
                call("breaks ${TOKEN}"));
    }

    private void answer(ServerWebSocket socket, String word) {
        switch (word.split(" ", 2)[0]) {
            case "answers" -> socket.writeTextMessage(SocketHouse.ANSWER);
            case "large" -> socket.writeTextMessage("x".repeat(2_000_000));
            case "breaks" -> socket.close((short) 1011, word);
            default -> house.hangs();
        }
    }

    private CallTemplate call(String word) {
        return SocketHouse.template("{\"call_template_type\":\"websocket\",\"url\":\"ws://127.0.0.1:"
                + server.actualPort() + "/\",\"message\":\"" + word + "\",\"close_after_response\":false}");
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
