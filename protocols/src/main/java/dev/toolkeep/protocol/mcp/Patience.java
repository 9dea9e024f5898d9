package dev.toolkeep.protocol.mcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How long a reply is waited for.
final class Patience {
    private Patience() {}

    /// The reply, or what `late` gives once the question's time is up. Time during which a question of the server was
    /// open does not count: it begins again after the last.
    static CompletableFuture<Reply> within(CompletableFuture<Reply> reply, Ask ask, Supplier<Reply> late) {
        if (ask.hearing().equals(Hearing.NOTHING)) {
            return reply.orTimeout(ask.timeout().toNanos(), TimeUnit.NANOSECONDS)
                    .exceptionally(_ -> late.get());
        }
        return reply.copy()
                .orTimeout(ask.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyCompose(_ -> {
                    CompletableFuture<?> grace = ask.hearing().grace();
                    return grace == null
                            ? CompletableFuture.completedFuture(late.get())
                            : grace.handle((_, _) -> 0).thenCompose(_ -> within(reply, ask, late));
                });
    }
}
