package dev.toolkeep.web.mcp;

import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.call.Door;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Listing;
import dev.toolkeep.call.ToolCall;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.Trace;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Hands a request's call to the engine, whatever it calls, and keeps what `notifications/cancelled` must find.
final class Calling {
    private final Era era;
    private final Gateway gateway;
    private final OpenRequests open = new OpenRequests();

    Calling(Era era, Gateway gateway) {
        this.era = era;
        this.gateway = gateway;
    }

    /// What is called: the name of a tool or offer as it is listed there, its arguments, and what is asked beside them.
    record Call(String tool, ObjectNode arguments, Talk talk) {}

    /// What this caller may use at this endpoint.
    Listing listing(Exchange exchange) throws RpcError {
        try {
            return gateway.list(exchange.who().caller(), exchange.toolset());
        } catch (Refused refused) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, refused.why().message(), McpTools.data(refused.why()));
        }
    }

    /// `ended` runs on the exchange's event loop, unless something broke.
    void send(Exchange exchange, Envelope request, Call what, CallStream stream, Consumer<CallOutcome> ended) {
        JsonNode trace = request.meta().get("traceparent");
        String parent = trace != null && trace.isString() ? trace.stringValue() : exchange.header("traceparent");
        Withdrawal withdrawal = new Withdrawal();
        exchange.onGone(withdrawal::say);
        JsonNode id = request.id();
        if (era == Era.LEGACY && id != null) {
            open.opened(exchange.who(), id, withdrawal);
        }
        ToolCall call = new ToolCall(
                exchange.id(),
                exchange.who(),
                Door.MCP,
                List.of(),
                exchange.toolset(),
                what.tool(),
                what.arguments(),
                request.body(),
                exchange.address(),
                Trace.parent(parent),
                withdrawal,
                exchange.home(),
                stream,
                what.talk());
        var _ = gateway.call(call).whenComplete((outcome, bug) -> {
            if (era == Era.LEGACY && id != null) {
                open.ended(exchange.who(), id, withdrawal);
            }
            if (bug != null) {
                exchange.broke(bug);
            } else {
                exchange.guarded(() -> ended.accept(outcome));
            }
        });
    }

    /// Revision 2025-11-25, Cancellation: a request that is unknown or over is no error.
    void cancel(Exchange exchange, Envelope notification) {
        JsonNode id = notification.params().get("requestId");
        if (id != null) {
            open.cancel(exchange.who(), id);
        }
    }
}
