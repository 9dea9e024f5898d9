package dev.toolkeep.bridge;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.McpLine;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One client on standard input and output (MCP, stdio), carried to the gateway over Streamable HTTP: what the client
/// says goes on as it is, one HTTP request a message, and every message that comes back is one line. At most 1,000
/// requests are under way at once; a line is at most 1 MiB.
public final class Bridge {
    private static final int MOST_OPEN = 1_000;

    private final McpLine line;
    private final Printer printer;
    private final Spoken spoken = new Spoken();
    private final Map<JsonNode, Carried> open = new ConcurrentHashMap<>();
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final Unasked unasked;

    /// @param line stays the caller's to close
    /// @param out gets messages alone
    public Bridge(McpLine line, PrintWriter out) {
        this.line = line;
        this.printer = new Printer(out);
        this.unasked = new Unasked(line, printer, spoken);
    }

    /// Carries messages until the client closes `in`; then waits for what is under way, and ends the session.
    public void carry(InputStream in) throws IOException {
        try (work) {
            LineReader lines = new LineReader(in, Bounds.REQUEST.bytes());
            for (LineReader.Line next = lines.next(); next != null && !printer.deaf(); next = lines.next()) {
                take(next);
            }
            unasked.stop();
        }
        end();
    }

    private void take(LineReader.Line next) {
        if (next.tooLong()) {
            printer.error(null, Printer.INVALID_REQUEST, "a message is at most 1 MiB long");
            return;
        }
        byte[] bytes = next.bytes();
        if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            return;
        }
        try {
            JsonNode message = StrictJson.parse(bytes, Bounds.REQUEST);
            if (message instanceof ObjectNode object && object.has("method") && object.has("id")) {
                request(object, bytes);
            } else {
                say(message, bytes);
            }
        } catch (Malformed malformed) {
            printer.error(null, Printer.PARSE_ERROR, "Parse error: " + malformed.getMessage());
        }
    }

    /// The handshake goes first and alone: what follows needs what it agrees on.
    private void request(ObjectNode message, byte[] bytes) {
        JsonNode id = message.path("id");
        Carried carried = new Carried(line, printer, spoken, message, bytes);
        if (open.size() >= MOST_OPEN) {
            printer.error(id, Printer.INTERNAL_ERROR, "more than " + MOST_OPEN + " requests are under way");
            return;
        }
        if (open.putIfAbsent(id, carried) != null) {
            printer.error(id, Printer.INVALID_REQUEST, "a request with this id is under way");
            return;
        }
        Runnable all = () -> {
            try {
                carried.run();
            } finally {
                open.remove(id);
            }
        };
        if (message.path("method").asString("").equals("initialize")) {
            all.run();
        } else {
            work.execute(all);
        }
    }

    /// Notifications and responses, in the order they came. The newer era has no message that takes a request back
    /// over HTTP: closing its answer does (2026-07-28, Streamable HTTP, "Cancellation").
    private void say(JsonNode message, byte[] bytes) {
        String method = message.path("method").asString("");
        if (method.equals("notifications/cancelled")) {
            Carried carried = of(message.path("params").get("requestId"));
            if (carried != null && carried.modern()) {
                carried.takeBack();
                return;
            }
        }
        new Carried(line, printer, spoken, message, bytes).run();
        if (method.equals("notifications/initialized") && spoken.hasSession()) {
            work.execute(unasked::listen);
        }
    }

    private @Nullable Carried of(@Nullable JsonNode id) {
        return id == null ? null : open.get(id);
    }

    private void end() {
        if (spoken.hasSession()) {
            try {
                line.end(spoken.session());
            } catch (Failed gone) {
                // a session nobody uses ends by itself
            }
        }
    }
}
