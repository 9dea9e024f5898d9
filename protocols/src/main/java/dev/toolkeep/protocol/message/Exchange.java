package dev.toolkeep.protocol.message;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Faults;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// One call over a socket, on one Vert.x context from start to end; ends exactly once, at the latest when its time is
/// up or its caller gives up. Not thread-safe: everything but [#start] happens on its context.
public final class Exchange {
    private final Vertx vertx;
    private final Dispatch dispatch;
    private final Duration timeout;
    private final CompletableFuture<Sent> done = new CompletableFuture<>();
    private Runnable close = () -> {};
    private long timer;
    private boolean sent;
    private boolean over;

    /// @param timeout what the template allows; what the call has left counts too
    public Exchange(Vertx vertx, Dispatch dispatch, Duration timeout) {
        this.vertx = vertx;
        this.dispatch = dispatch;
        this.timeout = timeout;
    }

    /// Starts on the event loop of the caller, or on one of Vert.x's.
    public CompletableFuture<Sent> start(Runnable begin) {
        if (Context.isOnEventLoopThread()) {
            started(begin);
        } else {
            vertx.runOnContext(start -> started(begin));
        }
        return done;
    }

    /// The same on a given context.
    public CompletableFuture<Sent> startOn(Context context, Runnable begin) {
        context.runOnContext(start -> started(begin));
        return done;
    }

    private void started(Runnable begin) {
        long most = Math.min(timeout.toMillis(), dispatch.timeout().toMillis());
        timer = vertx.setTimer(Math.max(1, most), id -> fail(Kind.TIMED_OUT, "the tool did not answer in time"));
        Context context = vertx.getOrCreateContext();
        dispatch.withdrawal().then(() -> context.runOnContext(said -> end(new Sent.Failed(ToolFault.withdrawn(sent)))));
        if (dispatch.withdrawal().said()) {
            end(new Sent.Failed(ToolFault.withdrawn(false)));
        } else {
            begin.run();
        }
    }

    public Dispatch dispatch() {
        return dispatch;
    }

    public boolean over() {
        return over;
    }

    /// From here on something may have reached the tool.
    public void sent() {
        sent = true;
    }

    /// What is to be closed when the call ends; at once when it has.
    public void closing(Runnable closing) {
        if (over) {
            closing.run();
        } else {
            close = closing;
        }
    }

    /// Ends the call; only the first end counts.
    public void end(Sent outcome) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        close.run();
        dispatch.home().execute(() -> done.complete(outcome));
    }

    public void fail(Kind kind, String words) {
        end(new Sent.Failed(ToolFault.of(kind, words)));
    }

    /// Ends the call for a failure of the network.
    public void fail(Throwable failure) {
        end(new Sent.Failed(Faults.of(failure)));
    }
}
