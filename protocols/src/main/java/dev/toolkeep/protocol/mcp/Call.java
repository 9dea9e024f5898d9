package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.mcp.Handshake.Agreed;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Malformed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One call from connecting to its outcome. It is sent a second time only when the server said that it did not
/// look at the first: its session was gone (404), or headers did not match the tool's present schema (-32020).
final class Call {
    private final Upstream upstream;
    private final Dispatch dispatch;
    private final CallTemplate.Mcp template;
    private final Outlet outlet;
    private final long deadline;

    Call(Upstream upstream, Dispatch dispatch, CallTemplate.Mcp template, Outlet outlet) {
        this.upstream = upstream;
        this.dispatch = dispatch;
        this.template = template;
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
            case Agreed.Ready ready -> asked(ready.session(), first);
        });
    }

    private CompletableFuture<Sent> asked(Session session, boolean first) {
        Asked asked;
        try {
            asked = Asked.of(template, dispatch);
        } catch (Malformed e) {
            return CompletableFuture.completedFuture(
                    new Sent.Failed(ToolFault.of(Kind.NOT_FOUND, String.valueOf(e.getMessage()))));
        }
        return session.call(asked, dispatch, left(), outlet::progress)
                .thenCompose(reply -> ended(session, asked, reply, first));
    }

    private CompletableFuture<Sent> ended(Session session, Asked asked, Reply reply, boolean first) {
        upstream.heard(session, reply);
        if (first && reply instanceof Reply.SessionLost) {
            return attempt(false);
        }
        if (first && session.era().modern() && reply instanceof Reply.RpcError error && error.code() == -32020) {
            return relearned(session).thenCompose(_ -> attempt(false));
        }
        return CompletableFuture.completedFuture(Results.of(asked, reply));
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
