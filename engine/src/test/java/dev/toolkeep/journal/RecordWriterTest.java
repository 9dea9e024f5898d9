package dev.toolkeep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.CanonicalJson;
import dev.toolkeep.wire.StrictJson;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordWriterTest {
    @Test
    void everyLineIsStrictCanonicalJsonThatSaysWhatTheEventSaid() throws Exception {
        Random random = new Random(1);
        RecordWriter writer = new RecordWriter(0, new byte[32]);
        for (int round = 0; round < 5_000; round++) {
            String text = anyText(random);
            Event event = Event.of("test.wrote")
                    .with("zz", text)
                    .with("aa", random.nextLong())
                    .with("q", text);
            writer.write(event, random.nextInt());
            byte[] line = Arrays.copyOf(writer.line(), writer.length() - 1);
            var json = StrictJson.object(line, Bounds.REQUEST);
            assertThat(CanonicalJson.bytes(json)).isEqualTo(line);
            assertThat(json.path("seq").longValue()).isEqualTo(round + 1L);
            assertThat(json.path("zz").stringValue()).isEqualTo(wellFormed(text));
        }
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    private static String wellFormed(String text) {
        StringBuilder good = new StringBuilder();
        text.codePoints().forEach(c -> good.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
        return good.toString();
    }
}
