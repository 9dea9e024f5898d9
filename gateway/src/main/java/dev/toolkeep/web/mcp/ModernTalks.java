package dev.toolkeep.web.mcp;

import dev.toolkeep.protocol.Questions;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.rpc.ClientCapabilities;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Revision 2026-07-28: what a client can be asked stands in each request; a tool's questions are the answer, and the
/// client asks again with `inputResponses` and `requestState`.
final class ModernTalks implements Talks {
    private static final String META = "io.modelcontextprotocol/";
    private static final Set<String> LEVELS =
            Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");
    /// The only methods whose results may ask.
    private static final Set<String> MAY_ASK = Set.of("tools/call", "resources/read", "prompts/get");

    private final States states;
    private final Parking parking;
    private final byte[] serverInfo;

    ModernTalks(States states, Parking parking, byte[] serverInfo) {
        this.states = states;
        this.parking = parking;
        this.serverInfo = serverInfo;
    }

    @Override
    public Going going(Desk desk, Talk.Purpose purpose, Withdrawal withdrawal) throws RpcError {
        ObjectNode params = desk.request().params();
        JsonNode responses = params.get("inputResponses");
        if (responses != null && !responses.isObject()) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: inputResponses must be an object");
        }
        ObjectNode given = responses instanceof ObjectNode object ? object : Json.object();
        States.State state = state(desk, params.get("requestState"));
        if (!state.parked().isEmpty()) {
            Parking.Parked parked = parking.find(state.parked());
            if (parked == null) {
                throw invalidState();
            }
            return new Going(Talk.NONE, parked, true);
        }
        ObjectNode capabilities = ClientCapabilities.of(desk.request().meta().path(META + "clientCapabilities"));
        String level = desk.request().meta().path(META + "logLevel").asString("");
        String wanted = desk.stream().takesEvents() && LEVELS.contains(level) ? level : "";
        boolean askable = MAY_ASK.contains(desk.request().method()) && !capabilities.isEmpty();
        if (!askable && wanted.isEmpty() && given.isEmpty() && state.tool().isEmpty()) {
            return new Going(purpose == Talk.Purpose.USE ? Talk.NONE : Talk.COMPLETION, null, false);
        }
        String party = desk.exchange().who().caller().id() + "\n"
                + desk.exchange().target().path();
        Parking.Parked parked = askable ? parking.open(desk, party, capabilities, withdrawal, this::ask) : null;
        Questions questions = parked == null ? Questions.NONE : parked;
        Talk.Retry retry = given.isEmpty() && state.tool().isEmpty() ? null : new Talk.Retry(given, state.tool());
        return new Going(new Talk(purpose, questions, wanted, retry), parked, false);
    }

    private States.State state(Desk desk, JsonNode sealed) throws RpcError {
        if (sealed == null || sealed.isNull()) {
            return new States.State("", "");
        }
        States.State state =
                sealed.isString() ? states.open(desk.exchange(), desk.request(), sealed.stringValue()) : null;
        if (state == null) {
            throw invalidState();
        }
        return state;
    }

    private static RpcError invalidState() {
        return new RpcError(
                200,
                RpcError.INVALID_PARAMS,
                "Invalid params: requestState is not one of this request, too old, or was used; call again without it");
    }

    private void ask(Desk desk, ObjectNode requests, String parked) {
        desk.exchange().guarded(() -> desk.stream().reply(asks(desk, requests, new States.State("", parked))));
    }

    /// An answer that asks.
    JsonBytes asks(Desk desk, ObjectNode requests, States.State state) {
        JsonBytes out = Reply.begin(desk.request().id(), 1024).ascii7("{\"resultType\":\"input_required\"");
        if (!requests.isEmpty()) {
            out.ascii7(",\"inputRequests\":").node(requests);
        }
        out.ascii7(",\"requestState\":")
                .text(states.seal(desk.exchange(), desk.request(), state))
                .ascii7(",\"_meta\":{\"dev.toolkeep/call\":")
                .text(desk.exchange().id())
                .ascii7(",")
                .raw(serverInfo)
                .ascii7("}}");
        return Reply.end(out);
    }
}
