package dev.toolkeep.protocol.mcp;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is heard from a server while it works on a question of ours. Called on the connection's reading thread; must
/// not block.
interface Hearing {
    Hearing NOTHING = new Hearing() {};

    /// The `params` of a progress notification. Messages larger than [Ask#PROGRESS_BYTES] are dropped, since many of
    /// them may wait for a slow peer.
    default void progress(ObjectNode params) {}

    /// The `params` of a log message; bounded like progress.
    default void log(ObjectNode params) {}

    /// The server's own question; its answer is the `result` or `error` member of the response. Null when nobody may be
    /// asked.
    default @Nullable CompletableFuture<ObjectNode> question(Message.Request request) {
        return null;
    }

    /// Asked when the time is up: what to wait for before the time begins again, because a question of the server was
    /// open meanwhile; null when nothing excuses it.
    default @Nullable CompletableFuture<?> grace() {
        return null;
    }
}
