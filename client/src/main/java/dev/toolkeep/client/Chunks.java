package dev.toolkeep.client;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Progress;
import tools.jackson.databind.JsonNode;

/// Turns what is heard of one call into the pieces of a stream. The events of a streaming tool are the pieces of its
/// answer; where nothing was heard the answer is the one piece. Called on the call's own event loop.
final class Chunks implements Progress {
    private final ToolStream stream;
    private final boolean parts;
    private int told;

    /// @param parts whether events are parts of the answer, not talk on the side
    Chunks(ToolStream stream, boolean parts) {
        this.stream = stream;
        this.parts = parts;
    }

    @Override
    public void say(JsonNode event) {
        if (parts) {
            told++;
            stream.say(event);
        }
    }

    void end(Answer answer) {
        JsonNode whole = ToolResult.of(answer).json();
        if (told == 0 && !(parts && whole.isArray() && whole.isEmpty())) {
            stream.say(whole);
        }
        stream.end();
    }
}
