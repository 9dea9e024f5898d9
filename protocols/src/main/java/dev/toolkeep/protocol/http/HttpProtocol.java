package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Calls tools that are HTTP endpoints (UTCP `http`). Arguments go where the template says: `{name}` into the path,
/// header fields into headers, the body field into the body, the rest into the query. Secrets are filled in last,
/// encoded for their place. A call follows redirects only where its template says so, and then only inside the origin
/// it was approved for; it carries nothing of the caller's own credentials.
///
/// Started on an event loop it stays on it, over a kept-alive connection of that loop.
public final class HttpProtocol implements Protocol {
    private static final String ACCEPT = "application/json, text/*;q=0.9, */*;q=0.8";

    private final Vertx vertx;
    private final Egress egress;
    private final Tokens tokens;
    private final HttpPlans plans = new HttpPlans();

    public HttpProtocol(Vertx vertx, Egress egress) {
        this(vertx, egress, new Tokens(vertx, egress));
    }

    public HttpProtocol(Vertx vertx, Egress egress, Tokens tokens) {
        this.vertx = vertx;
        this.egress = egress;
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.Http template)) {
            return failed(ToolFault.of(ToolFault.Kind.OURS, "not an http tool"));
        }
        try {
            HttpPlan plan = plans.of(template.request());
            Bearer bearer = Bearer.of(tokens, plan.auth(), dispatch.source(), dispatch.secrets(), dispatch.reach());
            HttpExchange exchange = new HttpExchange(
                    vertx, egress, dispatch, plan, bearer, plan.fill(dispatch, ACCEPT), template.followRedirects());
            if (Context.isOnEventLoopThread()) {
                exchange.start();
            } else {
                vertx.runOnContext(start -> exchange.start());
            }
            return exchange.done();
        } catch (Unsendable unsendable) {
            return failed(unsendable.fault());
        }
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
