package dev.toolkeep.call;

import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.protocol.Withdrawal;
import java.util.List;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.ObjectNode;

/// One call as a door hands it over: parsed once and strictly, its caller authenticated, nothing decided.
///
/// @param id names the call everywhere, made by the door: 1-64 of `A-Z a-z 0-9 _ -`
/// @param chain the callers and tools it passed through before, outermost first
/// @param toolset the toolset whose endpoint it came to; empty for the whole gateway. `tool` is a name as listed there
/// @param arguments must not be modified
/// @param original the bytes that arrived, whole; the journal keeps a salted digest of them
/// @param address the peer's IP address, as text
/// @param traceparent W3C trace context, or empty
/// @param withdrawal the door says in it that the caller gave up: the connection is gone, or the call was cancelled
/// @param talk what is asked beside the arguments
/// @param home runs the outcome and every progress event: the door's event loop
public record ToolCall(
        String id,
        Authenticated who,
        Door door,
        List<String> chain,
        String toolset,
        String tool,
        ObjectNode arguments,
        byte[] original,
        String address,
        String traceparent,
        Withdrawal withdrawal,
        Executor home,
        Progress progress,
        Talk talk) {
    public ToolCall {
        chain = List.copyOf(chain);
    }

    /// A plain use of the tool.
    public ToolCall(
            String id,
            Authenticated who,
            Door door,
            List<String> chain,
            String toolset,
            String tool,
            ObjectNode arguments,
            byte[] original,
            String address,
            String traceparent,
            Withdrawal withdrawal,
            Executor home,
            Progress progress) {
        this(
                id,
                who,
                door,
                chain,
                toolset,
                tool,
                arguments,
                original,
                address,
                traceparent,
                withdrawal,
                home,
                progress,
                Talk.NONE);
    }
}
