package dev.toolkeep.bridge;

import dev.toolkeep.remote.EventLines;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.McpLine;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One message of the client on its way to the gateway, and all that comes back of it. A request gets exactly one
/// response: the gateway's, or an error that says what became of it; none when the client took it back.
final class Carried implements Runnable {
    private static final Bounds BOUNDS = Bounds.DOCUMENT;

    private final McpLine line;
    private final Printer printer;
    private final Spoken spoken;
    private final JsonNode message;
    private final byte[] bytes;
    private volatile McpLine.@Nullable Answer answer;
    private volatile boolean takenBack;
    private boolean responded;

    Carried(McpLine line, Printer printer, Spoken spoken, JsonNode message, byte[] bytes) {
        this.line = line;
        this.printer = printer;
        this.spoken = spoken;
        this.message = message;
        this.bytes = bytes;
    }

    boolean modern() {
        return Spoken.modern(message);
    }

    /// Closes the answer, which tells the gateway that nobody waits for it.
    void takeBack() {
        takenBack = true;
        McpLine.Answer held = answer;
        if (held != null) {
            held.close();
        }
    }

    @Override
    public void run() {
        try (McpLine.Answer held = line.post(spoken.headers(message), bytes)) {
            answer = held;
            if (takenBack) {
                return;
            }
            if (held.streams()) {
                EventLines events = held.events();
                for (EventLines.Event event = events.next(); event != null; event = events.next()) {
                    pass(event.data(), held);
                }
                lost("the gateway's stream ended before the answer");
            } else {
                whole(held);
            }
        } catch (IOException broken) {
            lost("the gateway went away before it had answered");
        } catch (Failed failed) {
            lost(failed.why().message() + "; " + failed.why().advice());
        }
    }

    private void whole(McpLine.Answer held) throws Failed {
        byte[] body = held.whole();
        if (body.length > 0) {
            pass(body, held);
        }
        if (held.status() >= 300 || body.length > 0) {
            lost("the gateway answered " + held.status());
        }
    }

    /// Passes a message on; what is none (a problem of HTTP's) becomes the error that this request gets.
    private void pass(byte[] data, McpLine.Answer held) {
        JsonNode passed;
        try {
            passed = StrictJson.parse(data, BOUNDS);
        } catch (Malformed malformed) {
            lost("the gateway answered " + held.status() + " with what is no message");
            return;
        }
        if (takenBack) {
            return;
        }
        if (passed.isArray() || passed.has("jsonrpc")) {
            responded |= message.has("id") && !passed.has("method");
            spoken.learn(message, held.session(), passed.get("result"));
            printer.message(passed);
        } else {
            lost(passed.path("detail").asString("the gateway answered " + held.status()) + " "
                    + passed.path("advice").asString(""));
        }
    }

    private void lost(String words) {
        if (!responded && !takenBack && message.has("id") && message.has("method")) {
            responded = true;
            printer.error(message.get("id"), Printer.INTERNAL_ERROR, words.strip());
        }
    }
}
