package dev.toolkeep.protocol.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The rules of WHATWG HTML, "Parsing an event stream" and "Interpreting an event stream", with its own examples.
class EventStreamTest {
    private static List<String> read(String stream) throws Malformed {
        List<String> messages = new ArrayList<>();
        reader(messages, 1000).take(stream.getBytes(StandardCharsets.UTF_8));
        return messages;
    }

    private static EventStream reader(List<String> messages, int longest) {
        return new EventStream(longest, 1000, event -> {
            if (event.message()) {
                messages.add(new String(event.data(), StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    void dataLinesAreJoinedByLineFeeds() throws Malformed {
        assertThat(read("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly("YHOO\n+2\n10");
    }

    @Test
    void commentsIdsAndEventsWithoutColonFollowTheExamples() throws Malformed {
        assertThat(read(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"))
                .containsExactly("first event", "second event", " third event");
        assertThat(read("data\n\ndata\ndata\n\ndata:")).containsExactly("\n");
        assertThat(read("data:test\n\ndata: test\n\n")).containsExactly("test", "test");
    }

    @Test
    void everyLineEndEndsALineAlsoWhenItIsCutInTwo() throws Malformed {
        assertThat(read("data: a\r\n\r\ndata: b\r\rdata: c\n\n")).containsExactly("a", "b", "c");
        List<String> messages = new ArrayList<>();
        EventStream stream = reader(messages, 100);
        for (byte b : "data: a\r\ndata: b\r\n\r\n".getBytes(StandardCharsets.UTF_8)) {
            stream.take(new byte[] {b});
        }
        assertThat(messages).containsExactly("a\nb");
    }

    @Test
    void aLeadingByteOrderMarkIsSkippedAndOnlyThere() throws Malformed {
        assertThat(read("\uFEFFdata: a\n\n")).containsExactly("a");
        assertThat(read("data: a\n\n\uFEFFdata: b\n\n")).containsExactly("a");
    }

    @Test
    void onlyMessagesAreToldAndAnUnfinishedEventIsDropped() throws Malformed {
        assertThat(read("event: message\ndata: a\n\nevent: ping\ndata: b\n\ndata: c\n"))
                .containsExactly("a");
    }

    @Test
    void theLastIdCountsEvenWithoutDataUnlessItIsUnfitForAHeader() throws Malformed {
        EventStream stream = reader(new ArrayList<>(), 5000);
        stream.take("id: 42\ndata:\n\n".getBytes(StandardCharsets.UTF_8));
        assertThat(stream.lastId()).isEqualTo("42");
        stream.take(("id: a\u0000b\nid: é\nid: " + "x".repeat(2000) + "\n\n").getBytes(StandardCharsets.UTF_8));
        assertThat(stream.lastId()).isEqualTo("42");
        stream.take("id\n\n".getBytes(StandardCharsets.UTF_8));
        assertThat(stream.lastId()).isEmpty();
    }

    @Test
    void retryTakesDigitsOnlyAndAtMostAMinute() throws Malformed {
        EventStream stream = reader(new ArrayList<>(), 100);
        stream.take("retry: 25\nretry: -1\nretry: 1.5\nretry:\n".getBytes(StandardCharsets.UTF_8));
        assertThat(stream.retry()).isEqualTo(25);
        stream.take("retry: 999999999\n".getBytes(StandardCharsets.UTF_8));
        assertThat(stream.retry()).isEqualTo(60_000);
    }

    @Test
    void aLineOrEventThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> read("x".repeat(1001))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(("data: " + "x".repeat(500) + "\n").repeat(3)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void anyBytesInAnyPiecesGiveTheSameEventsOrMalformed() {
        Random random = new Random(7);
        String[] words = {"data", "id", "event", "retry", ":", " ", "\n", "\r", "\n\n", "x", "\uFEFF", "\u0000", "é"};
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(words[random.nextInt(words.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(bytes.length + 1);
            List<String> whole = new ArrayList<>();
            List<String> pieces = new ArrayList<>();
            boolean wholeFits = fits(reader(whole, 30), bytes);
            EventStream cutStream = reader(pieces, 30);
            boolean piecesFit = fits(cutStream, Arrays.copyOf(bytes, cut))
                    && fits(cutStream, Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(pieces).isEqualTo(whole);
            assertThat(piecesFit).isEqualTo(wholeFits);
        }
    }

    private static boolean fits(EventStream stream, byte[] bytes) {
        try {
            stream.take(bytes);
            return true;
        } catch (Malformed e) {
            return false;
        }
    }
}
