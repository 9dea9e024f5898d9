package dev.toolkeep.web.mcp;

import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.call.Door;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Listing;
import dev.toolkeep.call.ToolCall;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.Trace;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Hands a request's call to the engine, whatever it calls, and keeps what `notifications/cancelled` must find.
final class Calling {
    private static final Bounds CAPABILITIES = new Bounds(4096, 8, 100, 20);

    private final Era era;
    private final Gateway gateway;
    private final Talks talks;
    private final @Nullable ModernTalks asking;
    private final OpenRequests open = new OpenRequests();

    /// @param asking renders answers that ask; null in an era that has none
    Calling(Era era, Gateway gateway, Talks talks, @Nullable ModernTalks asking) {
        this.era = era;
        this.gateway = gateway;
        this.talks = talks;
        this.asking = asking;
    }

    /// What is called: the name of a tool or offer where it is listed, its arguments, and what for.
    record Call(String tool, ObjectNode arguments, Talk.Purpose purpose) {}

    /// What this caller may use at this endpoint.
    Listing listing(Exchange exchange) throws RpcError {
        try {
            return gateway.list(exchange.who().caller(), exchange.toolset());
        } catch (Refused refused) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, refused.why().message(), McpTools.data(refused.why()));
        }
    }

    /// `ending` renders whatever is neither a question nor a capability that is missing.
    void send(Exchange exchange, Envelope request, Call what, Desk.Ending ending) throws RpcError {
        Desk desk = new Desk(exchange, request, CallStream.of(exchange, request.meta()));
        Withdrawal withdrawal = new Withdrawal();
        Talks.Going going = talks.going(desk, what.purpose(), withdrawal);
        Parking.Parked parked = going.parked();
        if (going.resumed() && parked != null) {
            JsonNode responses = request.params().get("inputResponses");
            parked.resume(desk, responses instanceof ObjectNode given ? given : Json.object(), ended(ending));
            return;
        }
        exchange.onGone(withdrawal::say);
        JsonNode id = request.id();
        if (era == Era.LEGACY && id != null) {
            open.opened(exchange.who(), id, withdrawal);
        }
        var _ = gateway.call(call(desk, what, going.talk(), withdrawal)).whenComplete((outcome, bug) -> {
            if (era == Era.LEGACY && id != null) {
                open.ended(exchange.who(), id, withdrawal);
            }
            if (bug != null) {
                exchange.broke(bug);
            } else if (parked != null) {
                parked.end(outcome, ended(ending));
            } else {
                exchange.guarded(() -> ended(ending).end(desk, outcome));
            }
        });
    }

    private static ToolCall call(Desk desk, Call what, Talk talk, Withdrawal withdrawal) {
        Exchange exchange = desk.exchange();
        JsonNode trace = desk.request().meta().get("traceparent");
        String parent = trace != null && trace.isString() ? trace.stringValue() : exchange.header("traceparent");
        return new ToolCall(
                exchange.id(),
                exchange.who(),
                Door.MCP,
                List.of(),
                exchange.toolset(),
                what.tool(),
                what.arguments(),
                desk.request().body(),
                exchange.address(),
                Trace.parent(parent),
                withdrawal,
                exchange.home(),
                desk.stream(),
                talk);
    }

    private Desk.Ending ended(Desk.Ending ending) {
        return (desk, outcome) -> {
            if (asking != null && outcome instanceof CallOutcome.Answered(Answer.Asks(var requests, String state))) {
                desk.stream().reply(asking.asks(desk, requests, new States.State(state, "")));
            } else if (era == Era.MODERN
                    && outcome instanceof CallOutcome.Failed(ToolFault fault)
                    && fault.kind() == ToolFault.Kind.NEEDS_CAPABILITY) {
                desk.stream().reply(400, Reply.error(desk.request().id(), lacking(fault)));
            } else {
                ending.end(desk, outcome);
            }
        };
    }

    private static RpcError lacking(ToolFault fault) {
        ObjectNode data = Json.object();
        try {
            data.set(
                    "requiredCapabilities",
                    StrictJson.parse(fault.detail().getBytes(StandardCharsets.UTF_8), CAPABILITIES));
        } catch (Malformed cut) {
            data.putObject("requiredCapabilities");
        }
        return new RpcError(400, RpcError.LACKS_CAPABILITY, fault.message(), data);
    }

    /// Revision 2025-11-25, Cancellation: a request that is unknown or over is no error.
    void cancel(Exchange exchange, Envelope notification) {
        JsonNode id = notification.params().get("requestId");
        if (id != null) {
            open.cancel(exchange.who(), id);
        }
    }
}
