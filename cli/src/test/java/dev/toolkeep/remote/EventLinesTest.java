package dev.toolkeep.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private static List<String> read(String stream, int most) throws IOException {
        EventLines lines = new EventLines(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)), most);
        List<String> events = new ArrayList<>();
        for (EventLines.Event event = lines.next(); event != null; event = lines.next()) {
            events.add(event.name() + "=" + new String(event.data(), StandardCharsets.UTF_8));
        }
        return events;
    }

    @Test
    void eventsAreReadWhateverEndsTheirLines() throws Exception {
        assertThat(read("event: a\ndata: 1\n\nevent:b\r\ndata: 2\r\ndata:3\r\n\r\n: note\rdata: 4\r\r", 100))
                .containsExactly("a=1", "b=2\n3", "message=4");
    }

    @Test
    void anEventThatIsCutShortIsNone() throws Exception {
        assertThat(read("data: 1\n\ndata: 2\n", 100)).containsExactly("message=1");
        assertThat(read("event: only\n\ndata: 1\n\n", 100)).containsExactly("message=1");
    }

    @Test
    void anEventLargerThanItsBoundIsRefused() {
        assertThatThrownBy(() -> read("data: " + "x".repeat(200) + "\n\n", 100)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("data: xxxxxxxxxxxx\n".repeat(20) + "\n", 100))
                .isInstanceOf(IOException.class);
    }
}
