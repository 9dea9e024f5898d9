package dev.toolkeep.protocol.stream;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Calls tools that answer over HTTP piece by piece (UTCP `streamable_http`). Arguments are placed as in `http`. Lines
/// of JSON are told one by one and answered as an array; a JSON document is the answer as it is; anything else is told
/// in
/// pieces of the template's size, and answered whole.
public final class StreamProtocol implements Protocol {
    private static final String ACCEPT = "application/x-ndjson, application/json;q=0.9, */*;q=0.8";

    private final Vertx vertx;
    private final Egress egress;
    private final Tokens tokens;
    private final HttpPlans plans = new HttpPlans();

    public StreamProtocol(Vertx vertx, Egress egress) {
        this(vertx, egress, new Tokens(vertx, egress));
    }

    public StreamProtocol(Vertx vertx, Egress egress, Tokens tokens) {
        this.vertx = vertx;
        this.egress = egress;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.StreamableHttp template)) {
            return failed(ToolFault.of(ToolFault.Kind.OURS, "not a streamable_http tool"));
        }
        try {
            HttpPlan plan = plans.of(template.request());
            HttpPlan.Outgoing outgoing = plan.fill(dispatch, ACCEPT);
            HttpStream stream = new HttpStream(vertx, egress, tokens, dispatch, plan);
            return stream.start(plan.method(), outgoing, new PieceReader(stream, dispatch, template.chunkBytes()));
        } catch (Unsendable unsendable) {
            return failed(unsendable.fault());
        }
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
