package dev.toolkeep.protocol;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import java.time.Duration;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.ObjectNode;

/// One permitted call as the protocols see it.
///
/// @param source the tool's source: connections are never shared between sources
/// @param template how to call
/// @param arguments already judged; must not be modified
/// @param secrets opened for exactly this call
/// @param reach where this source may connect beside the public internet
/// @param timeout all the time that is left, greater than zero
/// @param answerBytes the most the answer may measure
/// @param requestId names the call upstream and in logs; 1-64 of `A-Z a-z 0-9 _ -`
/// @param traceparent W3C trace context to pass on, or empty
/// @param home runs the completion and every progress event: the door's own event loop
/// @param withdrawal says when the caller gave up; the call then ends with the fault CANCELLED
/// @param talk what is asked beside the arguments
public record Dispatch(
        String source,
        CallTemplate template,
        ObjectNode arguments,
        Secrets secrets,
        Reach reach,
        Duration timeout,
        int answerBytes,
        String requestId,
        String traceparent,
        Executor home,
        Progress progress,
        Withdrawal withdrawal,
        Talk talk) {
    /// A plain use of the tool.
    public Dispatch(
            String source,
            CallTemplate template,
            ObjectNode arguments,
            Secrets secrets,
            Reach reach,
            Duration timeout,
            int answerBytes,
            String requestId,
            String traceparent,
            Executor home,
            Progress progress,
            Withdrawal withdrawal) {
        this(
                source,
                template,
                arguments,
                secrets,
                reach,
                timeout,
                answerBytes,
                requestId,
                traceparent,
                home,
                progress,
                withdrawal,
                Talk.NONE);
    }

    /// The same call with other arguments.
    public Dispatch with(ObjectNode other) {
        return new Dispatch(
                source,
                template,
                other,
                secrets,
                reach,
                timeout,
                answerBytes,
                requestId,
                traceparent,
                home,
                progress,
                withdrawal,
                talk);
    }
}
