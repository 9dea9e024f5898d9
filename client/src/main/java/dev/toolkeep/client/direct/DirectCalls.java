package dev.toolkeep.client.direct;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Json;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Calls the methods of registered [DirectManual]s, each call on a virtual thread of its own.
public final class DirectCalls implements Protocol {
    private final Map<String, DirectManual> manuals = new ConcurrentHashMap<>();

    /// From now on calls of this manual's tools lead to its methods.
    public void add(DirectManual manual) {
        manuals.put(manual.name().source(), manual);
    }

    public void remove(String source) {
        manuals.remove(source);
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        DirectManual manual = manuals.get(dispatch.source());
        DirectMethod method = manual != null && dispatch.template() instanceof CallTemplate.DirectCall call
                ? manual.find(call)
                : null;
        if (method == null) {
            return CompletableFuture.completedStage(
                    failed(ToolFault.Kind.BAD_REQUEST, "this program has no such method any more"));
        }
        CompletableFuture<Sent> done = new CompletableFuture<>();
        CompletableFuture<Sent> handed = new CompletableFuture<>();
        Thread running =
                Thread.ofVirtual().name("toolkeep-direct").unstarted(() -> done.complete(run(method, dispatch)));
        var _ = done.completeOnTimeout(
                failed(ToolFault.Kind.TIMED_OUT, "the method did not answer in time"),
                Math.max(1, dispatch.timeout().toMillis()),
                TimeUnit.MILLISECONDS);
        dispatch.withdrawal().then(() -> done.complete(new Sent.Failed(ToolFault.withdrawn(true))));
        var _ = done.whenComplete((sent, bug) -> {
            running.interrupt();
            dispatch.home().execute(() -> handed.complete(sent));
        });
        running.start();
        return handed;
    }

    private static Sent run(DirectMethod method, Dispatch dispatch) {
        try {
            JsonNode answer = method.call(dispatch.arguments());
            byte[] bytes = Json.bytes(answer);
            return bytes.length > dispatch.answerBytes()
                    ? failed(ToolFault.Kind.TOO_LARGE, "the method's answer is larger than this call may return")
                    : new Sent.Answered(new Answer.Json(answer, bytes));
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            return new Sent.Failed(new ToolFault(
                    ToolFault.Kind.UPSTREAM_ERROR,
                    "the method failed",
                    thrown.getClass().getSimpleName()
                            + (thrown.getMessage() == null ? "" : ": " + thrown.getMessage())));
        } catch (InterruptedException e) {
            return new Sent.Failed(ToolFault.withdrawn(true));
        } catch (RuntimeException e) {
            return failed(ToolFault.Kind.BAD_REQUEST, "the arguments or the answer do not fit the method's types");
        }
    }

    private static Sent failed(ToolFault.Kind kind, String words) {
        return new Sent.Failed(ToolFault.of(kind, words));
    }
}
