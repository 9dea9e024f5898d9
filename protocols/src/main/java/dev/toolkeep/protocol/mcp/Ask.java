package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Withdrawal;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// One question to a server.
///
/// @param id ours, unique on its connection; the progress token too
/// @param params complete with `_meta`; not modified any more
/// @param headers what Streamable HTTP sends beside it (revision, method, name); stdio ignores them
/// @param timeout after which the question is withdrawn
/// @param answerBytes the most the answering message may measure
/// @param withdrawal says when nobody waits for the answer any more
/// @param hearing takes what the server says meanwhile
record Ask(
        long id,
        String method,
        ObjectNode params,
        Map<String, String> headers,
        Duration timeout,
        int answerBytes,
        Withdrawal withdrawal,
        Hearing hearing) {
    static final int PROGRESS_BYTES = 8 << 10;
}
