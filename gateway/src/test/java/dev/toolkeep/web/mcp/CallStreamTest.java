package dev.toolkeep.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.web.OpenDoors;
import dev.toolkeep.web.RawPeer;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.Served;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CallStreamTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @Test
    void progressCarriesTheCallersTokenAndOnlyGoesForward() throws Exception {
        List<JsonNode> messages = messages(stream -> {
            stream.say(OpenDoors.json(
                    "{\"progress\":0,\"total\":100,\"message\":\"begun\",\"progressToken\":\"theirs\"}"));
            stream.say(OpenDoors.json("{\"progress\":50,\"total\":100}"));
            stream.say(OpenDoors.json("{\"progress\":50,\"total\":100}"));
            stream.say(OpenDoors.json("{\"progress\":10}"));
            stream.say(OpenDoors.json("\"almost\""));
        });
        assertThat(messages).hasSize(4);
        assertThat(messages.get(0).path("params").toString())
                .isEqualTo("{\"progressToken\":0,\"progress\":0,\"total\":100,\"message\":\"begun\"}");
        assertThat(messages.get(1).path("params").path("progress").asInt()).isEqualTo(50);
        assertThat(messages.get(2).path("params").path("message").asString()).isEqualTo("almost");
        assertThat(messages.get(2).path("params").path("progress").asInt()).isEqualTo(51);
        assertThat(messages.get(3).path("id").asInt()).isEqualTo(9);
    }

    @Test
    void withoutProgressTheReplyIsPlainJson() throws Exception {
        try (Served served = new Served(exchange -> {
            CallStream stream = new CallStream(exchange, null, true);
            stream.say(OpenDoors.json("{\"progress\":1}"));
            stream.reply(reply());
        })) {
            RawPeer.Heard heard = RawPeer.ask(served.port(), GET);
            assertThat(heard.header("content-type")).isEqualTo("application/json");
            assertThat(OpenDoors.json(heard.body()).path("id").asInt()).isEqualTo(9);
        }
    }

    private interface Talk {
        void on(CallStream stream);
    }

    private static List<JsonNode> messages(Talk talk) throws Exception {
        try (Served served = new Served(exchange -> {
                    CallStream stream = new CallStream(exchange, OpenDoors.json("0"), true);
                    talk.on(stream);
                    stream.reply(reply());
                });
                RawPeer peer = new RawPeer(served.port())) {
            peer.say(GET).hear();
            List<JsonNode> messages = new ArrayList<>();
            for (String line : peer.rest().split("\n", -1)) {
                if (line.startsWith("data: ")) {
                    messages.add(OpenDoors.json(line.substring(6)));
                }
            }
            return messages;
        }
    }

    private static JsonBytes reply() {
        return Reply.result(OpenDoors.json("9"), Json.bytes(Json.object()));
    }
}
