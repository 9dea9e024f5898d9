package dev.toolkeep.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static List<String> read(InputStream in, int longest) throws IOException {
        Lines lines = new Lines(in, longest);
        List<String> read = new ArrayList<>();
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            read.add((line.cut() ? "cut " : "") + new String(line.bytes(), StandardCharsets.ISO_8859_1));
        }
        return read;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void linesEndWithLineFeedOrBothAndTheLastNeedsNone() throws IOException {
        assertThat(read(bytes("a\nb\r\n\nc"), 10)).containsExactly("a", "b", "", "c");
        assertThat(read(bytes(""), 10)).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsCutToItsEdgesAndTheNextOneIsWhole() throws IOException {
        String longLine = "A".repeat(256) + "x".repeat(100_000) + "B".repeat(256);
        assertThat(read(bytes(longLine + "\nnext\n"), 1000))
                .containsExactly("cut " + "A".repeat(256) + "B".repeat(256), "next");
        assertThat(read(bytes("y".repeat(1000) + "\n"), 1000)).containsExactly("y".repeat(1000));
    }

    @Test
    void theSameLinesAreReadHoweverTheStreamIsCut() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                String line = "z".repeat(random.nextInt(40_000));
                expected.add(line);
                text.append(line).append('\n');
            }
            InputStream whole = bytes(text.toString());
            InputStream drips = new InputStream() {
                @Override
                public int read() throws IOException {
                    return whole.read();
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    return whole.read(into, from, Math.min(length, 1 + random.nextInt(5000)));
                }
            };
            assertThat(read(drips, 50_000)).isEqualTo(expected);
        }
    }
}
