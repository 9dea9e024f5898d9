package dev.toolkeep.bridge;

import dev.toolkeep.wire.Json;
import java.io.PrintWriter;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Messages to the client, one a line (MCP, stdio). Thread-safe.
final class Printer {
    /// JSON-RPC 2.0, section 5.1.
    static final int PARSE_ERROR = -32700;

    static final int INVALID_REQUEST = -32600;
    static final int INTERNAL_ERROR = -32603;

    private final PrintWriter out;
    private final ReentrantLock lock = new ReentrantLock();

    Printer(PrintWriter out) {
        this.out = out;
    }

    void message(JsonNode message) {
        String line = Json.text(message);
        lock.lock();
        try {
            out.print(line + "\n");
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /// An error of the bridge's own. Null: nobody knows which request it answers.
    void error(@Nullable JsonNode id, int code, String words) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0");
        message.set("id", id == null ? NullNode.getInstance() : id);
        message.putObject("error").put("code", code).put("message", words);
        message(message);
    }

    /// Whether nobody reads any more.
    boolean deaf() {
        return out.checkError();
    }
}
