package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.mcp.Handshake.Agreed;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One `tools/call` from connecting to its outcome. It is sent a second time only when the server said that it did not
/// look at the first: its session was gone (404), or headers did not match the tool's present schema (-32020).
final class Call {
    private final Upstream upstream;
    private final Dispatch dispatch;
    private final String tool;
    private final Outlet outlet;
    private final long deadline;

    Call(Upstream upstream, Dispatch dispatch, String tool, Outlet outlet) {
        this.upstream = upstream;
        this.dispatch = dispatch;
        this.tool = tool;
        this.outlet = outlet;
        this.deadline = System.nanoTime() + dispatch.timeout().toNanos();
    }

    CompletableFuture<Sent> attempt(boolean first) {
        dispatch.withdrawal().then(() -> outlet.finish(new Sent.Failed(ToolFault.withdrawn(!first))));
        return within(upstream.session(), left()).thenCompose(agreed -> switch (agreed) {
            case Agreed.Failed failed -> CompletableFuture.completedFuture(new Sent.Failed(failed.fault()));
            case Agreed.Ready _
            when dispatch.withdrawal().said() ->
                CompletableFuture.completedFuture(new Sent.Failed(ToolFault.withdrawn(!first)));
            case Agreed.Ready ready ->
                ready.session()
                        .call(tool, dispatch, left(), outlet::progress)
                        .thenCompose(reply -> ended(ready.session(), reply, first));
        });
    }

    private CompletableFuture<Sent> ended(Session session, Reply reply, boolean first) {
        upstream.heard(session, reply);
        if (first && reply instanceof Reply.SessionLost) {
            return attempt(false);
        }
        if (first && session.era().modern() && reply instanceof Reply.RpcError error && error.code() == -32020) {
            return relearned(session).thenCompose(_ -> attempt(false));
        }
        return CompletableFuture.completedFuture(ToolResult.of(reply));
    }

    /// Lists the tools again, for the headers their schemas ask for now.
    private CompletableFuture<Boolean> relearned(Session session) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofVirtual().name("mcp-headers").start(() -> {
            try {
                session.learnHeaders(left());
            } finally {
                done.complete(true);
            }
        });
        return done;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(deadline - System.nanoTime(), 1));
    }

    /// The shared `opening`, waited for by one who has no more than `left`.
    static CompletableFuture<Agreed> within(CompletableFuture<Agreed> opening, Duration left) {
        if (opening.isDone()) {
            return opening;
        }
        return opening.copy()
                .orTimeout(Math.max(left.toNanos(), 1), TimeUnit.NANOSECONDS)
                .exceptionally(_ -> new Agreed.Failed(slowStart(), false));
    }

    static ToolFault slowStart() {
        return ToolFault.of(Kind.TIMED_OUT, "the MCP server did not start in time");
    }
}
