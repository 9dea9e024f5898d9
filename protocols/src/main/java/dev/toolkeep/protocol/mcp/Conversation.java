package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Questions;
import dev.toolkeep.wire.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a server says and asks during one call: progress and log messages go to the call's outlet, its questions to
/// whoever the call says may be asked, at most [#MOST] of them. While one is open the call's time stands still.
/// Thread-safe.
final class Conversation implements Hearing {
    /// Questions one call may ask.
    static final int MOST = 16;

    private final Outlet outlet;
    private final Questions questions;
    private final Level level;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean excused = new AtomicBoolean();
    private volatile CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Conversation(Dispatch dispatch, Outlet outlet) {
        this.outlet = outlet;
        this.questions = dispatch.talk().questions();
        this.level = Level.of(dispatch.talk().logLevel());
    }

    @Override
    public void progress(ObjectNode params) {
        outlet.progress(params);
    }

    @Override
    public void log(ObjectNode params) {
        if (level.takes(params.path("level").asString(""))) {
            outlet.log(params);
        }
    }

    @Override
    public @Nullable CompletableFuture<ObjectNode> question(Message.Request request) {
        if (!Capability.of(request.method(), request.params()).within(questions.capabilities())
                || asked.incrementAndGet() > MOST) {
            return null;
        }
        excused.set(true);
        CompletableFuture<ObjectNode> answer = questions
                .ask(request.method(), request.params())
                .thenApply(Conversation::response)
                .toCompletableFuture();
        last = answer;
        return answer;
    }

    private static ObjectNode response(Questions.Said said) {
        ObjectNode response = Json.object();
        switch (said) {
            case Questions.Said.Answered(ObjectNode result) -> response.set("result", result);
            case Questions.Said.Nothing(int code, String message) ->
                response.putObject("error").put("code", code).put("message", message);
        }
        return response;
    }

    @Override
    public @Nullable CompletableFuture<?> grace() {
        return excused.compareAndSet(true, !last.isDone()) ? last : null;
    }
}
