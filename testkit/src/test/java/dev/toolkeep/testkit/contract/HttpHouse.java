package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.testkit.fake.FakeHttpTool;
import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.HttpCall;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The way out, and an HTTP tool at its end that answers, hangs, never ends and breaks.
final class HttpHouse implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    final FakeHttpTool tool = FakeHttpTool.start();

    /// @param answer what `/answers` answers
    /// @param large what `/large` answers
    HttpHouse(Reply answer, Reply large) {
        tool.answer("/answers", answer);
        tool.answer("/large", large);
        tool.answer("/hangs", new Reply.Held(answer));
        tool.answer("/breaks", Reply.json(500, "{\"error\": \"broken\"}"));
    }

    static Reply of(String contentType, String body) {
        return new Reply.Fixed(200, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    Reach reach() {
        return new Reach(Set.of(tool.hostAndPort()));
    }

    HttpCall call(String path) {
        Auth auth = path.equals("/breaks")
                ? new Auth.ApiKey("${TOKEN}", "X-Api-Key", Auth.Location.HEADER)
                : new Auth.None();
        return new HttpCall(
                HttpCall.Method.GET,
                tool.at(path),
                "application/json",
                Map.of(),
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                auth,
                Duration.ofSeconds(60));
    }

    void awaitHanging() {
        while (tool.open() == 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        tool.close();
        egress.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
