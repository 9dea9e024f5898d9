package dev.toolkeep.web.mcp;

import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Listing;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.web.exchange.Cursors;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.PerListing;
import dev.toolkeep.web.exchange.Problem;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `tools/list` and `tools/call`, the same for both eras but for how results look.
final class McpTools {
    private static final ShownTool UNSHOWN = new ShownTool(false, false, List.of(), true);

    private final Era era;
    private final Gateway gateway;
    private final ToolPage pages;
    private final CallResult results;
    private final PerListing<byte[]> rendered;
    private final PerListing<Map<String, ShownTool>> index;
    private final Calling calling;

    McpTools(
            Era era,
            Gateway gateway,
            Calling calling,
            ToolPage pages,
            CallResult results,
            PerListing<byte[]> rendered,
            PerListing<Map<String, ShownTool>> index) {
        this.era = era;
        this.gateway = gateway;
        this.calling = calling;
        this.pages = pages;
        this.results = results;
        this.rendered = rendered;
        this.index = index;
    }

    void list(Exchange exchange, Envelope request) throws RpcError {
        String caller = exchange.who().caller().id();
        Listing listing = calling.listing(exchange);
        int place = place(request, caller, listing);
        rendered.use(
                exchange,
                listing,
                era.name() + place,
                it -> pages.render(it, caller, place),
                page -> exchange.json(200, Reply.result(request.id(), page)));
    }

    private static int place(Envelope request, String caller, Listing listing) throws RpcError {
        JsonNode cursor = request.params().get("cursor");
        if (cursor == null || cursor.isNull()) {
            return 0;
        }
        OptionalInt place =
                cursor.isString() ? Cursors.read(cursor.stringValue(), caller, listing.tag()) : OptionalInt.empty();
        if (place.isEmpty() || place.getAsInt() >= listing.tools().size()) {
            throw new RpcError(
                    200, RpcError.INVALID_PARAMS, "Invalid cursor: the list has changed, begin again without one");
        }
        return place.getAsInt();
    }

    void call(Exchange exchange, Envelope request) throws RpcError {
        JsonNode name = request.params().get("name");
        if (name == null || !name.isString()) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: name must be a string");
        }
        ObjectNode arguments = arguments(request.params().get("arguments"));
        String tool = name.stringValue();
        if (era == Era.LEGACY) {
            send(exchange, request, tool, arguments);
            return;
        }
        HeaderCheck.encoded(exchange, "Mcp-Name", tool);
        shown(exchange, tool, shown -> {
            try {
                HeaderCheck.mirrored(exchange, shown, arguments);
                send(exchange, request, tool, arguments);
            } catch (RpcError error) {
                McpDoor.refuse(gateway, exchange, request.id(), error);
            }
        });
    }

    static ObjectNode arguments(@Nullable JsonNode arguments) throws RpcError {
        if (arguments == null || arguments.isNull()) {
            return Json.object();
        }
        if (arguments instanceof ObjectNode object) {
            return object;
        }
        throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: arguments must be an object");
    }

    private void send(Exchange exchange, Envelope request, String tool, ObjectNode arguments) throws RpcError {
        calling.send(
                exchange,
                request,
                new Calling.Call(tool, arguments, Talk.Purpose.USE),
                (desk, outcome) -> ended(desk.exchange(), desk.request(), tool, desk.stream(), outcome));
    }

    private void ended(Exchange exchange, Envelope request, String tool, CallStream stream, CallOutcome outcome) {
        switch (outcome) {
            case CallOutcome.Answered(Answer.Json json) ->
                shown(exchange, tool, shown -> answered(exchange, request, stream, json, shown));
            case CallOutcome.Answered(Answer answer) -> answered(exchange, request, stream, answer, UNSHOWN);
            case CallOutcome.NotAllowed(Refusal refusal) -> refused(exchange, request, stream, refusal);
            case CallOutcome.Failed(var fault) -> {
                JsonBytes reply = Reply.begin(request.id(), 512);
                results.failed(reply, fault, exchange.id());
                stream.reply(Reply.end(reply));
            }
        }
    }

    private void answered(Exchange exchange, Envelope request, CallStream stream, Answer answer, ShownTool shown) {
        JsonBytes reply = Reply.begin(request.id(), expected(answer));
        results.answered(reply, answer, shown, exchange.id());
        stream.reply(Reply.end(reply));
    }

    private void refused(Exchange exchange, Envelope request, CallStream stream, Refusal refusal) {
        switch (refusal.code()) {
            case TOOL_NOT_FOUND ->
                stream.reply(Reply.error(
                        request.id(), new RpcError(200, RpcError.INVALID_PARAMS, refusal.message(), data(refusal))));
            case UNAUTHENTICATED -> exchange.problem(Problem.of(refusal));
            default -> {
                JsonBytes reply = Reply.begin(request.id(), 512);
                results.refused(reply, refusal, exchange.id());
                stream.reply(Reply.end(reply));
            }
        }
    }

    private void shown(Exchange exchange, String tool, java.util.function.Consumer<ShownTool> then) {
        Listing listing;
        try {
            listing = calling.listing(exchange);
        } catch (RpcError gone) {
            then.accept(UNSHOWN);
            return;
        }
        index.use(exchange, listing, "mcp", ShownTool::index, tools -> then.accept(tools.getOrDefault(tool, UNSHOWN)));
    }

    static ObjectNode data(Refusal refusal) {
        return Json.object()
                .put("code", refusal.code().text())
                .put("rule", refusal.rule())
                .put("advice", refusal.advice());
    }

    private static int expected(Answer answer) {
        return switch (answer) {
            case Answer.Json json -> 2 * json.bytes().length + json.bytes().length / 8 + 256;
            case Answer.Text text -> text.text().length() + text.text().length() / 8 + 256;
            case Answer.Bytes bytes -> bytes.bytes().length / 3 * 4 + 512;
            case Answer.Blocks _ -> 1024;
            case Answer.Asks _ -> 1024;
        };
    }
}
