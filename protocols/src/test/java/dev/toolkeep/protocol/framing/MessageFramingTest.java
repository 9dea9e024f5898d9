package dev.toolkeep.protocol.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.Framing;
import dev.toolkeep.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageFramingTest {
    private static final List<Framing> FRAMINGS = List.of(
            new Framing.LengthPrefix(1, true),
            new Framing.LengthPrefix(2, true),
            new Framing.LengthPrefix(2, false),
            new Framing.LengthPrefix(4, true),
            new Framing.LengthPrefix(4, false),
            new Framing.LengthPrefix(8, true),
            new Framing.LengthPrefix(8, false),
            new Framing.Delimiter("\\x00", true),
            new Framing.Delimiter("\\r\\n", true),
            new Framing.Delimiter("aab", true),
            new Framing.FixedLength(5),
            new Framing.Stream());

    @Test
    void theBytesOfEachFramingAreThoseOfUtcp() throws Malformed {
        byte[] message = text("h\u00fc");
        assertThat(MessageWriter.frame(new Framing.LengthPrefix(2, true), message))
                .isEqualTo(new byte[] {0, 3, 'h', (byte) 0xC3, (byte) 0xBC});
        assertThat(MessageWriter.frame(new Framing.LengthPrefix(4, false), message))
                .isEqualTo(new byte[] {3, 0, 0, 0, 'h', (byte) 0xC3, (byte) 0xBC});
        assertThat(MessageWriter.frame(new Framing.Delimiter("\\n\\x7F\\\\", true), text("a")))
                .isEqualTo(new byte[] {'a', '\n', 0x7F, '\\'});
        assertThat(MessageWriter.frame(new Framing.Delimiter("\\n", false), text("a")))
                .isEqualTo(text("a\\n"));
        assertThat(MessageWriter.frame(new Framing.FixedLength(9), message)).isEqualTo(message);
        assertThat(MessageWriter.frame(new Framing.Stream(), message)).isEqualTo(message);
    }

    @Test
    void everySplitOfTheBytesGivesTheSameMessage() throws Malformed {
        for (Framing framing : FRAMINGS) {
            byte[] bytes = MessageWriter.frame(framing, text("aa\nax"));
            for (int first = 0; first <= bytes.length; first++) {
                for (int second = first; second <= bytes.length; second++) {
                    List<byte[]> pieces = List.of(
                            Arrays.copyOf(bytes, first),
                            Arrays.copyOfRange(bytes, first, second),
                            Arrays.copyOfRange(bytes, second, bytes.length));
                    assertThat(read(framing, 5, pieces))
                            .as(framing + " at " + first + " and " + second)
                            .isEqualTo(text("aa\nax"));
                }
            }
        }
    }

    @Test
    void anyMessageComesThroughAnyFramingInAnyPieces() throws Malformed {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            Framing framing = FRAMINGS.get(random.nextInt(FRAMINGS.size()));
            byte[] message = new byte[framing instanceof Framing.FixedLength ? 5 : random.nextInt(300)];
            random.nextBytes(message);
            byte[] framed;
            try {
                framed = MessageWriter.frame(framing, message);
            } catch (Malformed unframeable) {
                boolean tooLong =
                        framing instanceof Framing.LengthPrefix prefix && prefix.bytes() == 1 && message.length > 255;
                assertThat(tooLong || framing instanceof Framing.Delimiter).isTrue();
                continue;
            }
            assertThat(read(framing, message.length, pieces(framed, random))).isEqualTo(message);
        }
    }

    @Test
    void aMessageIsNeverTakenThatIsLargerThanItMayBe() throws Malformed {
        for (Framing framing : FRAMINGS) {
            byte[] bytes = MessageWriter.frame(framing, text("aa\nax"));
            assertThatThrownBy(() -> new MessageReader(framing, 4).take(bytes))
                    .as(framing.toString())
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void aDeclaredLengthIsRefusedBeforeAnythingOfItHasCome() {
        for (byte[] huge : new byte[][] {
            {0x7F, -1, -1, -1, -1, -1, -1, -1}, {-1, -1, -1, -1, -1, -1, -1, -1}, {0, 0, 0, 1, 0, 0, 0, 0}
        }) {
            assertThatThrownBy(() ->
                            new MessageReader(new Framing.LengthPrefix(8, true), Integer.MAX_VALUE - 8).take(huge))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void whatWouldBeReadAsMoreThanOneMessageIsNotSent() {
        for (String message : List.of("a\r\nb", "a\r", "\r\n")) {
            Framing framing = new Framing.Delimiter("\\r\\n", true);
            if (message.equals("a\r")) {
                assertThat(frame(framing, message)).isEqualTo(text("a\r\r\n"));
            } else {
                assertThat(frame(framing, message)).as(message).isNull();
            }
        }
        assertThat(frame(new Framing.Delimiter("aa", false), "ba")).isNull(); // the end of it begins one early
        assertThat(frame(new Framing.LengthPrefix(1, true), "x".repeat(256))).isNull();
        assertThat(frame(new Framing.LengthPrefix(1, true), "x".repeat(255))).isNotNull();
    }

    @Test
    void aConnectionThatEndsEarlyLeavesNoMessage() throws Malformed {
        for (Framing framing : FRAMINGS) {
            MessageReader reader = new MessageReader(framing, 100);
            reader.take(Arrays.copyOf(MessageWriter.frame(framing, text("aa\nax")), 4));
            if (!(framing instanceof Framing.Stream)) {
                assertThat(reader.end()).as(framing.toString()).isNull();
            }
        }
    }

    private static byte @Nullable [] read(Framing framing, int most, List<byte[]> pieces) throws Malformed {
        MessageReader reader = new MessageReader(framing, most);
        for (byte[] piece : pieces) {
            byte[] whole = reader.take(piece);
            if (whole != null) {
                return whole;
            }
        }
        return reader.end();
    }

    private static byte @Nullable [] frame(Framing framing, String message) {
        try {
            return MessageWriter.frame(framing, text(message));
        } catch (Malformed refused) {
            return null;
        }
    }

    static List<byte[]> pieces(byte[] bytes, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
