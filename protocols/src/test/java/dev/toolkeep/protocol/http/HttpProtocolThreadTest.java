package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpProtocolThreadTest {
    private final Vertx vertx = Vertx.vertx();
    private final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final HttpProtocol http = new HttpProtocol(vertx, egress);
    private final Upstream up = Upstream.answering(Upstream.ok("text/plain", "hi"));

    @AfterEach
    void stop() throws Exception {
        up.close();
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void aCallThatStartsOnAnEventLoopEndsOnItOverAConnectionOfItsOwn() throws Exception {
        List<CompletableFuture<Boolean>> stayed = new ArrayList<>();
        for (int loop = 0; loop < 8; loop++) {
            Context context = ((io.vertx.core.internal.VertxInternal) vertx).createEventLoopContext();
            CompletableFuture<Boolean> same = new CompletableFuture<>();
            context.runOnContext(start -> {
                Thread here = Thread.currentThread();
                CompletionStage<Sent> sent = http.send(dispatch(Runnable::run));
                sent.whenComplete(
                        (value, failure) -> same.complete(Thread.currentThread().equals(here)));
            });
            stayed.add(same);
        }
        for (CompletableFuture<Boolean> same : stayed) {
            assertThat(Await.value(same)).isTrue();
        }
    }

    @Test
    void theAnswerIsHandedOverOnTheCallsHome() throws Exception {
        try (ExecutorService home = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("home").factory())) {
            Promise<String> ended = Promise.promise();
            http.send(dispatch(home))
                    .whenComplete((sent, failure) ->
                            ended.complete(Thread.currentThread().getName()));
            assertThat(Await.value(ended.future())).isEqualTo("home");
        }
    }

    private Dispatch dispatch(Executor home) {
        return new Dispatch(
                "source",
                Calls.get(up.url("/")),
                Calls.json("{}"),
                Secrets.none(),
                up.reach(),
                Duration.ofSeconds(10),
                1000,
                "r",
                "",
                home,
                Progress.ignored(),
                new Withdrawal());
    }
}
