package dev.toolkeep.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static List<Message> read(String text) throws Malformed {
        return Message.read(text.getBytes(StandardCharsets.UTF_8), Bounds.ANSWER);
    }

    @Test
    void eachKindIsTold() throws Malformed {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}").getFirst())
                .isInstanceOfSatisfying(
                        Message.Response.class,
                        response -> assertThat(response.id()).isEqualTo(5));
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"ping\"}").getFirst())
                .isInstanceOf(Message.Request.class);
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":{\"a\":1}}")
                        .getFirst())
                .isInstanceOf(Message.Notification.class);
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{}}").getFirst())
                .isInstanceOf(Message.Stray.class);
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1e400000000,\"result\":{}}".replace("e400000000", ".5"))
                        .getFirst())
                .isInstanceOf(Message.Stray.class);
        assertThat(read("[{\"jsonrpc\":\"2.0\",\"method\":\"a\"},{\"jsonrpc\":\"2.0\",\"method\":\"b\"}]"))
                .hasSize(2);
    }

    @Test
    void whatIsNoMessageIsMalformed() {
        for (String text : List.of(
                "",
                "1",
                "{}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "[1]",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}} x")) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void aMangledMessageIsMalformedOrAMessageAndItsIdIsNeverAGuessGoneWild() {
        Random random = new Random(13);
        byte[] good =
                Message.request(77, "tools/call", Json.object().put("name", "x").put("n", 1));
        byte[] answer = "{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{\"content\":[{\"type\":\"text\"}]}}"
                .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = (round % 2 == 0 ? good : answer).clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Message.read(bytes, Bounds.ANSWER)).isNotNull();
            } catch (Malformed e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
            assertThat(IdGuess.of(bytes)).isGreaterThanOrEqualTo(-1);
        }
    }

    @Test
    void theIdOfWhatCannotBeReadIsFoundFirstOrLast() {
        assertThat(guess("{\"jsonrpc\":\"2.0\",\"id\":12,\"result\":{\"a\":1,\"a\":2}}"))
                .isEqualTo(12);
        assertThat(guess("{\"id\": 12 ,\"result\":")).isEqualTo(12);
        assertThat(guess("{\"result\":{\"content\":[" + "1,".repeat(1000) + "1]},\"jsonrpc\":\"2.0\",\"id\":34}"))
                .isEqualTo(34);
        assertThat(guess("{\"result\":{\"id\":34,\"x\":1}")).isEqualTo(-1);
        assertThat(guess("")).isEqualTo(-1);
    }

    private static long guess(String text) {
        return IdGuess.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
