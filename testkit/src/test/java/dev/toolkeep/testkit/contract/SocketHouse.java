package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import dev.toolkeep.wire.Templates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A Vert.x of its own, the way out, and what the servers of the socket contracts have in common: they are asked with
/// one word, and do what it says.
final class SocketHouse implements AutoCloseable {
    /// More than sixteen bytes.
    static final String ANSWER = "{\"words\":\"more than sixteen bytes\"}";

    final Vertx vertx = Vertx.vertx();
    final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    private final CountDownLatch hanging = new CountDownLatch(1);

    /// A server was asked what it never answers.
    void hangs() {
        hanging.countDown();
    }

    void awaitHanging() {
        try {
            if (!hanging.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the call that hangs never came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static Reach reach(int port) {
        return new Reach(Set.of("127.0.0.1:" + port));
    }

    static CallTemplate template(String json) {
        try {
            return Templates.fromJson(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST));
        } catch (Malformed e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        egress.close();
        await(vertx.close());
    }
}
