package dev.toolkeep.protocol.net;

import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for what must come, and fails the test when it does not.
public final class Await {
    private Await() {}

    public static <T> T value(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    public static <T> T value(Future<T> future) throws Exception {
        return value(future.toCompletionStage());
    }

    /// The failure of a future that must fail.
    public static Throwable failure(Future<?> future) throws Exception {
        return value(future.map(value -> (Throwable) new AssertionError("did not fail"))
                .otherwise(failure -> failure));
    }

    public static void opened(CountDownLatch latch) throws Exception {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("it never happened");
        }
    }
}
