package dev.toolkeep.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.web.OpenDoors;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadersTest {
    @Test
    void aTargetIsPathAndQueryDecodedOnce() throws Exception {
        Target target = Target.parse("/v1/x%2Fy?q=a+b%20c&empty&n=%C3%A9");
        assertThat(target.path()).isEqualTo("/v1/x%2Fy");
        assertThat(target.query())
                .containsEntry("q", "a b c")
                .containsEntry("empty", "")
                .containsEntry("n", "é");
        assertThat(Target.decode("a%2Fb%252F+")).isEqualTo("a/b%2F+");
    }

    @Test
    void aBrokenTargetIsTurnedAway() {
        for (String broken : List.of(
                "",
                "x",
                "*",
                "http://a/",
                "/?a=%",
                "/?a=%4",
                "/?a=%zz",
                "/?a=%c3",
                "/?a=%ed%a0%80",
                "/?a=1&a=2",
                "/?a=é",
                "/?" + "a=1&".repeat(20))) {
            assertThatThrownBy(() -> Target.parse(broken)).as(broken).isInstanceOf(TurnedAway.class);
        }
    }

    @Test
    void whateverATargetHoldsItIsReadOrTurnedAway() {
        Random random = new Random(7);
        String alphabet = "/?&=%+aé\u0000\ud800" + "0123456789abcdefABCDEF";
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder("/");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(Target.parse(text.toString()).path()).startsWith("/");
            } catch (TurnedAway away) {
                assertThat(away.problem().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void aCursorNamesItsPlaceToItsOwnerOnly() {
        String cursor = Cursors.write("ann", "t1", 250);
        assertThat(Cursors.read(cursor, "ann", "t1")).hasValue(250);
        assertThat(Cursors.read(cursor, "bob", "t1")).isEmpty();
        assertThat(Cursors.read(cursor, "ann", "t2")).isEmpty();
    }

    @Test
    void whateverACursorHoldsItIsReadOrRefused() {
        Random random = new Random(8);
        String good = Cursors.write("ann", "t1", 250);
        for (int round = 0; round < 3000; round++) {
            StringBuilder cursor = new StringBuilder(good);
            cursor.setCharAt(random.nextInt(cursor.length()), (char) random.nextInt(0x100));
            if (random.nextBoolean()) {
                cursor.setLength(random.nextInt(cursor.length()));
            }
            OptionalInt place = Cursors.read(cursor.toString(), "ann", "t1");
            assertThat(place.isEmpty() || place.getAsInt() == 250).isTrue();
        }
    }

    @Test
    void jsonBytesWriteWhatAReaderReads() {
        Random random = new Random(9);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.appendCodePoint(random.nextInt(3) == 0 ? random.nextInt(0x80) : 0x80 + random.nextInt(0xd000));
            }
            byte[] json = new JsonBytes(1).text(text.toString()).bytes();
            assertThat(OpenDoors.json(new String(json, StandardCharsets.UTF_8)).asString())
                    .isEqualTo(text.toString());
        }
    }

    @Test
    void aBodyReaderStopsAtItsCapHoweverThePartsFall() throws Exception {
        Random random = new Random(10);
        for (int round = 0; round < 500; round++) {
            BodyReader reader = new BodyReader(1000, random.nextBoolean() ? "1000" : null);
            int total = 0;
            boolean turned = false;
            while (total < 1200 && !turned) {
                int part = random.nextInt(300);
                total += part;
                try {
                    reader.take(Buffer.buffer(new byte[part]));
                } catch (TurnedAway away) {
                    turned = true;
                    assertThat(away.problem().status()).isEqualTo(413);
                }
                assertThat(turned).isEqualTo(total > 1000);
            }
        }
    }

    @Test
    void onlyJsonInUtf8IsJson() {
        for (String json : List.of(
                "application/json",
                "Application/JSON",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\"")) {
            assertThat(ContentType.isJson(json)).as(json).isTrue();
        }
        for (String other : List.of(
                "",
                "text/json",
                "application/jsonx",
                "application/json+x",
                "application/json; charset=latin1",
                "application/json, text/plain",
                "application/json; a=b; c=d",
                "text/plain; application/json")) {
            assertThat(ContentType.isJson(other)).as(other).isFalse();
        }
    }

    @Test
    void onlyAWellFormedTraceparentIsPassedOn() {
        String good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertThat(Trace.parent(good)).isEqualTo(good);
        for (String bad :
                List.of("", good + "0", good.replace("00-", "01-"), good.replace('a', 'A'), good.replace('-', '_'))) {
            assertThat(Trace.parent(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void aProblemIsWellFormedWhateverItSays() {
        Problem problem = new Problem(403, "policy_denied", "a \"quote\" \n and \u2028 é", "r\\1", "x");
        var json = OpenDoors.json(new String(problem.bytes("id-1"), StandardCharsets.UTF_8));
        assertThat(json.path("detail").asString()).isEqualTo("a \"quote\" \n and \u2028 é");
        assertThat(json.path("rule").asString()).isEqualTo("r\\1");
        assertThat(json.path("instance").asString()).isEqualTo("id-1");
    }
}
