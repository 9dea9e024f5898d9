package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Withdrawal;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// One question to a server.
///
/// @param id ours, unique on its connection; the progress token too
/// @param params complete with `_meta`; not modified any more
/// @param headers what Streamable HTTP sends beside it (revision, method, name); stdio ignores them
/// @param timeout after which the question is withdrawn
/// @param answerBytes the most the answering message may measure
/// @param withdrawal says when nobody waits for the answer any more
/// @param progress takes the `params` of progress notifications, on the connection's reading thread; messages larger
///     than [#PROGRESS_BYTES] are dropped, since many of them may wait for a slow peer
record Ask(
        long id,
        String method,
        ObjectNode params,
        Map<String, String> headers,
        Duration timeout,
        int answerBytes,
        Withdrawal withdrawal,
        Consumer<ObjectNode> progress) {
    static final int PROGRESS_BYTES = 8 << 10;
}
