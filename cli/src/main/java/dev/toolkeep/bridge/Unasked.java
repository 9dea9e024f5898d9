package dev.toolkeep.bridge;

import dev.toolkeep.remote.EventLines;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.McpLine;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What the gateway says without being asked, on the session's own stream (MCP 2025-11-25, Streamable HTTP, "Listening
/// for Messages"). A gateway that has none answers 405, and that is the end of it.
final class Unasked {
    private static final int OPENED_AT_MOST = 1_000;

    private final McpLine line;
    private final Printer printer;
    private final Spoken spoken;
    private volatile boolean stopped;
    private volatile McpLine.@Nullable Answer stream;

    Unasked(McpLine line, Printer printer, Spoken spoken) {
        this.line = line;
        this.printer = printer;
        this.spoken = spoken;
    }

    /// Passes messages on until the session or the bridge ends. A stream that ends after it said something is opened
    /// again; one that said nothing is not.
    void listen() {
        boolean again = true;
        for (int opened = 0; again && !stopped && opened < OPENED_AT_MOST; opened++) {
            try (McpLine.Answer answer = line.listen(spoken.session())) {
                stream = answer;
                again = !stopped && answer.status() == 200 && answer.streams() && pass(answer.events());
            } catch (IOException | Failed over) {
                again = false;
            }
        }
    }

    private boolean pass(EventLines events) throws IOException {
        boolean any = false;
        for (EventLines.Event event = events.next(); event != null; event = events.next()) {
            try {
                printer.message(StrictJson.parse(event.data(), Bounds.DOCUMENT));
                any = true;
            } catch (Malformed noMessage) {
                // an event to keep the stream open
            }
        }
        return any;
    }

    void stop() {
        stopped = true;
        McpLine.Answer held = stream;
        if (held != null) {
            held.close();
        }
    }
}
