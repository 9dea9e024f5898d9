package dev.toolkeep.client;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// The event loops a client's calls are decided and sent on, taken in turn.
final class Loops {
    private final List<Loop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    private Loops(List<Loop> loops) {
        this.loops = loops;
    }

    /// As many as asked for, on this Vert.x; waits until they run.
    static Loops start(Vertx vertx, int count) {
        List<Loop> started = new CopyOnWriteArrayList<>();
        vertx.deployVerticle(() -> new Start(started), new DeploymentOptions().setInstances(count))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new Loops(List.copyOf(started));
    }

    Loop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    private static final class Start extends VerticleBase {
        private final List<Loop> started;

        Start(List<Loop> started) {
            this.started = started;
        }

        @Override
        public Future<?> start() {
            started.add(new Loop(Thread.currentThread(), context));
            return Future.succeededFuture();
        }
    }

    /// One event loop: runs at once what it is given on its own thread, everything else in turn.
    record Loop(Thread thread, Context context) implements Executor {
        @Override
        public void execute(Runnable step) {
            if (thread.equals(Thread.currentThread())) {
                step.run();
            } else {
                context.runOnContext(_ -> step.run());
            }
        }
    }
}
