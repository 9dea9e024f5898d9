package dev.toolkeep.protocol.stream;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Events;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpAnswers;
import dev.toolkeep.protocol.http.HttpStream;
import dev.toolkeep.protocol.net.Body;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one answer is made of, by its content type alone. Never sent again: what breaks off is a fault.
final class PieceReader implements HttpStream.Reader {
    private static final Set<String> LINES =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines");

    private final HttpStream stream;
    private final Dispatch dispatch;
    private final int chunkBytes;
    private final Events events;
    private final Bounds bounds;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();

    PieceReader(HttpStream stream, Dispatch dispatch, int chunkBytes) {
        this.stream = stream;
        this.dispatch = dispatch;
        this.chunkBytes = chunkBytes;
        this.events = new Events(dispatch, Integer.MAX_VALUE);
        this.bounds = Bounds.ANSWER.withBytes(dispatch.answerBytes());
    }

    @Override
    public void opened(HttpClientResponse response) {
        String said = response.getHeader("Content-Type");
        String type = said == null ? "" : said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (LINES.contains(type)) {
            follow(response, this::lines, this::lastLine);
        } else if (type.equals("application/json") || type.endsWith("+json")) {
            Body.read(response, dispatch.answerBytes())
                    .onComplete(
                            bytes -> stream.end(HttpAnswers.read(said, bytes, dispatch.answerBytes())), stream::fail);
        } else {
            follow(response, this::pieces, () -> lastPiece(said));
        }
    }

    @Override
    public void broke(Throwable failure) {
        stream.fail(failure);
    }

    private interface Chunk {
        void take(byte[] bytes);
    }

    private void follow(HttpClientResponse response, Chunk chunks, Runnable end) {
        response.exceptionHandler(stream::fail);
        response.endHandler(ended -> {
            if (!stream.over()) {
                end.run();
            }
        });
        response.handler(chunk -> {
            if (!stream.over()) {
                chunks.take(chunk.getBytes());
            }
        });
    }

    private void lines(byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length && !stream.over(); i++) {
            if (bytes[i] == '\n') {
                pending.write(bytes, from, i - from);
                from = i + 1;
                line();
            }
        }
        pending.write(bytes, from, bytes.length - from);
        if (pending.size() > dispatch.answerBytes()) {
            tooLarge();
        }
    }

    private void line() {
        byte[] line = pending.toByteArray();
        pending.reset();
        if (blank(line)) {
            return;
        }
        if (line.length > dispatch.answerBytes()) {
            tooLarge();
            return;
        }
        try {
            if (events.take(StrictJson.parse(line, bounds)) == Events.Taken.TOO_LARGE) {
                tooLarge();
            }
        } catch (Malformed malformed) {
            stream.fail(
                    Kind.BAD_ANSWER, "a line the tool's server answered is not valid JSON: " + malformed.getMessage());
        }
    }

    private void lastLine() {
        line();
        if (!stream.over()) {
            stream.end(new Sent.Answered(events.answer()));
        }
    }

    private void pieces(byte[] bytes) {
        if (whole.size() + bytes.length > dispatch.answerBytes()) {
            tooLarge();
            return;
        }
        whole.writeBytes(bytes);
        int from = 0;
        while (pending.size() + bytes.length - from >= chunkBytes) {
            int taken = chunkBytes - pending.size();
            pending.write(bytes, from, taken);
            from += taken;
            tell();
        }
        pending.write(bytes, from, bytes.length - from);
    }

    private void lastPiece(@Nullable String contentType) {
        if (pending.size() > 0) {
            tell();
        }
        stream.end(HttpAnswers.read(contentType, whole.toByteArray(), dispatch.answerBytes()));
    }

    /// A piece may end inside a character, so its bytes are told, in Base64.
    private void tell() {
        JsonNode piece = Json.object().put("base64", Base64.getEncoder().encodeToString(pending.toByteArray()));
        pending.reset();
        dispatch.home().execute(() -> dispatch.progress().say(piece));
    }

    private void tooLarge() {
        stream.fail(Kind.TOO_LARGE, "the answer is larger than this call may return");
    }

    private static boolean blank(byte[] line) {
        return Arrays.equals(line, new byte[] {'\r'}) || line.length == 0;
    }
}
