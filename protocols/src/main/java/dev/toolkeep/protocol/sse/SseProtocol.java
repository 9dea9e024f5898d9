package dev.toolkeep.protocol.sse;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.http.HttpPlans;
import dev.toolkeep.protocol.http.HttpStream;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Calls tools that answer with server-sent events (UTCP `sse`). Arguments are placed as in `http`; with a body it is
/// a POST. Each event's data, as JSON where it is JSON and as text elsewhere, is told as it comes; the answer is the
/// array of all. The stream ends when the server ends it, after the template's most events, or with a fault when time
/// is up.
public final class SseProtocol implements Protocol {
    private final Vertx vertx;
    private final Egress egress;
    private final Tokens tokens;
    private final HttpPlans plans = new HttpPlans();

    public SseProtocol(Vertx vertx, Egress egress) {
        this(vertx, egress, new Tokens(vertx, egress));
    }

    public SseProtocol(Vertx vertx, Egress egress, Tokens tokens) {
        this.vertx = vertx;
        this.egress = egress;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.Sse template)) {
            return failed(ToolFault.of(ToolFault.Kind.OURS, "not an sse tool"));
        }
        try {
            HttpPlan plan = plans.of(template.request());
            HttpPlan.Outgoing outgoing = plan.fill(dispatch, "text/event-stream");
            HttpMethod method = outgoing.body() == null ? plan.method() : HttpMethod.POST;
            HttpStream stream = new HttpStream(vertx, egress, tokens, dispatch, plan);
            return stream.start(method, outgoing, new SseReader(stream, dispatch, template, method, outgoing));
        } catch (Unsendable unsendable) {
            return failed(unsendable.fault());
        }
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
