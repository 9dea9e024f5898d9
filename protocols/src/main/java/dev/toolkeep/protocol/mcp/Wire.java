package dev.toolkeep.protocol.mcp;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/// One open way to a server: carries questions there and matches answers to them. Thread-safe; nothing here blocks
/// but [#close].
interface Wire extends AutoCloseable {
    /// Completes exactly once and at the latest after the question's timeout.
    CompletableFuture<Reply> ask(Ask ask);

    /// Sends a notification; whether it arrived is not known. Completes when it was handed over.
    CompletableFuture<?> tell(String method, ObjectNode params, Map<String, String> headers);

    /// Whether calls are in flight.
    boolean busy();

    /// Ends it: every question in flight is answered with a fault, a child process is gone with all its descendants.
    @Override
    void close();

    /// What a wire tells its owner.
    interface Events {
        /// The server's list of tools changed.
        void toolsChanged();

        /// The wire ended by itself.
        void died();
    }
}
