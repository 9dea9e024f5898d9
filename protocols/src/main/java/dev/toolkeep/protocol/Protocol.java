package dev.toolkeep.protocol;

import java.util.concurrent.CompletionStage;

/// One way to call a tool. Implementations are thread-safe, keep every bound of the [Dispatch], never throw, and
/// complete the stage exactly once, on the dispatch's home executor. Completing the stage early
/// (`toCompletableFuture().cancel`) is not how a call is stopped: its timeout and its [Withdrawal] are.
@FunctionalInterface
public interface Protocol {
    CompletionStage<Sent> send(Dispatch dispatch);
}
