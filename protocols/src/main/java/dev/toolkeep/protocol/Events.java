package dev.toolkeep.protocol;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import java.io.ByteArrayOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The events of one streaming call. Each is told to the call's [Progress] on its home as it comes, in order; all of
/// them, as one JSON array, are the answer. What waits to be told is never more than what the answer may measure. Not
/// thread-safe: it belongs to whoever reads the stream.
public final class Events {
    /// What became of an event.
    public enum Taken {
        /// It was taken, and more are welcome.
        MORE,
        /// It was taken, and it was the last that was asked for.
        ENOUGH,
        /// It was not taken: the answer would be larger than the call may return, or consist of more values.
        TOO_LARGE
    }

    private final Dispatch dispatch;
    private final int most;
    private final int mostValues;
    private int values;
    private final ArrayNode all = Json.array();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// @param most the most events that are asked for
    public Events(Dispatch dispatch, int most) {
        this.dispatch = dispatch;
        this.most = most;
        this.mostValues = Bounds.ANSWER.withBytes(dispatch.answerBytes()).values();
    }

    /// Tells an event, which must not be modified from here on.
    public Taken take(JsonNode event) {
        byte[] written = Json.bytes(event);
        values += values(event);
        if (values > mostValues || bytes.size() + written.length + 2 > dispatch.answerBytes()) {
            return Taken.TOO_LARGE;
        }
        bytes.write(all.isEmpty() ? '[' : ',');
        bytes.writeBytes(written);
        all.add(event);
        dispatch.home().execute(() -> dispatch.progress().say(event));
        return all.size() >= most ? Taken.ENOUGH : Taken.MORE;
    }

    /// As many as a whole document of the same size may consist of, see [Bounds#values].
    private static int values(JsonNode value) {
        int count = 1;
        for (JsonNode part : value) {
            count += values(part);
        }
        return count;
    }

    /// All events so far. Nothing may be taken afterwards.
    public Answer answer() {
        if (all.isEmpty()) {
            bytes.write('[');
        }
        bytes.write(']');
        return new Answer.Json(all, bytes.toByteArray());
    }
}
