package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Where one call's progress and outcome come out: on its home executor, in order, nothing after the outcome. Progress
/// that home does not keep up with is dropped. Thread-safe.
final class Outlet {
    private static final int WAITING = 32;

    private final Dispatch dispatch;
    private final CompletableFuture<Sent> outcome = new CompletableFuture<>();
    private volatile Runnable before = () -> {};
    private final AtomicInteger waiting = new AtomicInteger();

    Outlet(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    CompletionStage<Sent> outcome() {
        return outcome;
    }

    /// Runs `task` before anything comes out.
    void before(Runnable task) {
        before = task;
    }

    /// `params` of a progress notification; the token is ours and is taken out.
    void progress(ObjectNode params) {
        params.remove("progressToken");
        say(params, event -> dispatch.progress().say(event));
    }

    /// `params` of a log message.
    void log(ObjectNode params) {
        say(params, event -> dispatch.progress().log(event));
    }

    private void say(ObjectNode params, Consumer<ObjectNode> sayer) {
        if (waiting.incrementAndGet() > WAITING) {
            waiting.decrementAndGet();
            return;
        }
        params.remove("_meta");
        dispatch.home().execute(() -> {
            waiting.decrementAndGet();
            if (!outcome.isDone()) {
                before.run();
                sayer.accept(params);
            }
        });
    }

    void finish(Sent sent) {
        dispatch.home().execute(() -> {
            before.run();
            outcome.complete(sent);
        });
    }
}
