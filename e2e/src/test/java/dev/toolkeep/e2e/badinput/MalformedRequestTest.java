package dev.toolkeep.e2e.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.e2e.badinput.AtTheDoor.Heard;
import dev.toolkeep.journal.Written;
import dev.toolkeep.start.CannotStart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that are wrong as bytes, at every door of one running house: each is refused in the door's own form,
/// without a word of how the house is made, and leaves a record.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MalformedRequestTest {
    private static final int HUNDRED_MEGABYTES = 100_000_000;

    private OpenHouse house;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, CannotStart {
        house = OpenHouse.in(folder);
    }

    @AfterAll
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void aGoodRequestIsAnswered(AtTheDoor door) throws IOException {
        Heard heard = door.send(house, door.body("\"a\""), Map.of());
        assertThat(heard.status()).as(heard.body()).isEqualTo(200);
        assertThat(heard.json().has("error")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoJsonIsMalformed(AtTheDoor door) throws IOException {
        malformed(door, door.body("\"a"));
        malformed(door, door.body("nope"));
        malformed(door, new byte[] {1, 2, 3});
        malformed(door, concat(door.body("\"a\""), "{}".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyGivenTwiceIsMalformed(AtTheDoor door) throws IOException {
        malformed(door, door.body("\"a\",\"%member%\":\"b\""));
    }

    @ParameterizedTest
    @EnumSource
    void aByteOrderMarkIsMalformed(AtTheDoor door) throws IOException {
        malformed(door, concat(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, door.body("\"a\"")));
    }

    @ParameterizedTest
    @EnumSource
    void aLoneSurrogateIsMalformed(AtTheDoor door) throws IOException {
        malformed(door, door.body("\"\\ud800\""));
        malformed(door, door.body("\"\\udc00\\ud800\""));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoUtf8IsMalformed(AtTheDoor door) throws IOException {
        byte[] body = door.body("\"a~b\"");
        body[new String(body, UTF_8).indexOf('~')] = (byte) 0xED;
        malformed(door, body);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberTooLargeIsMalformed(AtTheDoor door) throws IOException {
        malformed(door, door.body("1e400"));
        malformed(door, door.body("9".repeat(5_000)));
    }

    @ParameterizedTest
    @EnumSource
    void aHundredThousandLevelsAreMalformed(AtTheDoor door) throws IOException {
        malformed(door, door.body("[".repeat(100_000) + "]".repeat(100_000)));
        malformed(door, door.body("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)));
    }

    /// One byte of the body is sent: the claim is enough.
    @ParameterizedTest
    @EnumSource
    void aHundredMegabytesAreRefusedUnread(AtTheDoor door) throws IOException {
        tooLarge(door, HUNDRED_MEGABYTES, out -> out.write(' '), Map.of());
    }

    /// Two megabytes of a body whose end nobody told: more need not come.
    @ParameterizedTest
    @EnumSource
    void aBodyWithoutALengthIsRefusedOnceItIsTooLong(AtTheDoor door) throws IOException {
        tooLarge(door, 0, out -> chunks(out, 2_000_000), Map.of("Content-Length", "", "Transfer-Encoding", "chunked"));
    }

    @ParameterizedTest
    @EnumSource
    void aHundredMegabytesThatAreSentAllTheSameHurtNobody(AtTheDoor door) throws IOException {
        tooLarge(door, HUNDRED_MEGABYTES, out -> pour(out, HUNDRED_MEGABYTES), Map.of());
        tooLarge(
                door,
                0,
                out -> chunks(out, HUNDRED_MEGABYTES),
                Map.of("Content-Length", "", "Transfer-Encoding", "chunked"));
        aGoodRequestIsAnswered(door);
    }

    private void tooLarge(AtTheDoor door, long claimed, AtTheDoor.Writing body, Map<String, String> more)
            throws IOException {
        long before = house.lastRecord();
        Heard heard = door.send(house, claimed, body, more);
        assertThat(heard.status()).as(heard.body()).isEqualTo(413);
        door.assertProblem(heard, "request_too_large");
        recorded(door, before, heard);
    }

    private void malformed(AtTheDoor door, byte[] body) throws IOException {
        long before = house.lastRecord();
        Heard heard = door.send(house, body, Map.of());
        door.assertMalformed(heard);
        recorded(door, before, heard);
    }

    private void recorded(AtTheDoor door, long before, Heard heard) {
        assertThat(heard.body()).doesNotContain("Exception", "\tat ", "dev.toolkeep.", "java.", "tools.jackson");
        Written record = house.record(before, door::recorded);
        assertThat(record.text("address")).isEqualTo("127.0.0.1");
        assertThat(record.text("code")).isNotEmpty();
    }

    private static void pour(OutputStream out, int bytes) throws IOException {
        byte[] part = " ".repeat(65_536).getBytes(UTF_8);
        for (int sent = 0; sent < bytes; sent += part.length) {
            out.write(part);
        }
    }

    private static void chunks(OutputStream out, int bytes) throws IOException {
        byte[] part = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(UTF_8);
        for (int sent = 0; sent < bytes; sent += 65_536) {
            out.write(part);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(second);
        return both.toByteArray();
    }
}
