package dev.toolkeep.web.mcp;

import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Listing;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.web.exchange.Answers;
import dev.toolkeep.web.exchange.Cursors;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.exchange.PerListing;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Resources, resource templates, prompts and completion, the same for both eras but for how results look (MCP
/// 2025-11-25 and 2026-07-28, server features). Each use is a call of its own, decided and recorded like a tool's.
final class OfferMethods {
    private final Era era;
    private final Gateway gateway;
    private final Calling calling;
    private final PerListing<Offers> index;
    private final int pageSize;
    private final byte[] listTail;
    private final OfferReplies replies;

    /// @param listTail members every list ends with
    OfferMethods(
            Era era,
            Gateway gateway,
            Calling calling,
            PerListing<Offers> index,
            int pageSize,
            byte[] listTail,
            byte[] serverInfo) {
        this.era = era;
        this.gateway = gateway;
        this.calling = calling;
        this.index = index;
        this.pageSize = pageSize;
        this.listTail = listTail;
        this.replies = new OfferReplies(era, serverInfo);
    }

    void list(Exchange exchange, Envelope request, McpKind kind) throws RpcError {
        Listing listing = calling.listing(exchange);
        offers(exchange, request, offers -> {
            List<Offers.Shown> all = offers.all(kind);
            String tag = listing.tag() + kind.word();
            String caller = exchange.who().caller().id();
            int from = place(request, caller, tag, all.size());
            int end = Math.min(all.size(), from + pageSize);
            String next = end < all.size() ? Cursors.write(caller, tag, end) : null;
            byte[] page = new OfferPage(kind, listTail).render(all.subList(from, end), next);
            exchange.json(200, Reply.result(request.id(), page));
        });
    }

    private static int place(Envelope request, String caller, String tag, int size) throws RpcError {
        JsonNode cursor = request.params().get("cursor");
        if (cursor == null || cursor.isNull()) {
            return 0;
        }
        OptionalInt place = cursor.isString() ? Cursors.read(cursor.stringValue(), caller, tag) : OptionalInt.empty();
        if (place.isEmpty() || place.getAsInt() >= size) {
            throw new RpcError(
                    200, RpcError.INVALID_PARAMS, "Invalid cursor: the list has changed, begin again without one");
        }
        return place.getAsInt();
    }

    void read(Exchange exchange, Envelope request) throws RpcError {
        String uri = text(request.params(), "uri");
        named(exchange, uri);
        offers(exchange, request, offers -> {
            Offers.Shown found = offers.covering(uri);
            if (found == null) {
                throw replies.noSuchResource(uri);
            }
            ObjectNode arguments = Json.object();
            if (found.kind() == McpKind.TEMPLATE) {
                arguments.put("uri", uri);
            }
            send(exchange, request, new Calling.Call(found.tool(), arguments, Talk.Purpose.USE), uri);
        });
    }

    void get(Exchange exchange, Envelope request) throws RpcError {
        String name = text(request.params(), "name");
        named(exchange, name);
        ObjectNode arguments = McpTools.arguments(request.params().get("arguments"));
        offers(exchange, request, offers -> {
            Offers.Shown found = offers.named(McpKind.PROMPT, name);
            if (found == null) {
                throw new RpcError(200, RpcError.INVALID_PARAMS, "there is no such prompt for this caller");
            }
            send(exchange, request, new Calling.Call(found.tool(), arguments, Talk.Purpose.USE), "");
        });
    }

    void complete(Exchange exchange, Envelope request) throws RpcError {
        JsonNode ref = request.params().path("ref");
        boolean prompt = ref.path("type").asString("").equals("ref/prompt");
        if (!prompt && !ref.path("type").asString("").equals("ref/resource")) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: ref must be a prompt or a resource");
        }
        String name = text(ref, prompt ? "name" : "uri");
        JsonNode argument = request.params().path("argument");
        ObjectNode arguments = Json.object();
        arguments.putObject("argument").put("name", text(argument, "name")).put("value", text(argument, "value"));
        if (request.params().get("context") instanceof ObjectNode context) {
            arguments.set("context", context);
        }
        offers(exchange, request, offers -> {
            Offers.Shown found = offers.named(prompt ? McpKind.PROMPT : McpKind.TEMPLATE, name);
            if (found == null && !prompt) {
                found = offers.named(McpKind.RESOURCE, name);
            }
            if (found == null) {
                throw new RpcError(200, RpcError.INVALID_PARAMS, "there is no such prompt or resource for this caller");
            }
            send(exchange, request, new Calling.Call(found.tool(), arguments, Talk.Purpose.COMPLETE), "");
        });
    }

    private void named(Exchange exchange, String name) throws RpcError {
        if (era == Era.MODERN) {
            HeaderCheck.encoded(exchange, "Mcp-Name", name);
        }
    }

    /// What is done with the offers once they are indexed.
    private interface Use {
        void of(Offers offers) throws RpcError;
    }

    private void offers(Exchange exchange, Envelope request, Use use) throws RpcError {
        index.use(exchange, calling.listing(exchange), "offers", Offers::of, offers -> {
            try {
                use.of(offers);
            } catch (RpcError error) {
                McpDoor.refuse(gateway, exchange, request.id(), error);
            }
        });
    }

    private void send(Exchange exchange, Envelope request, Calling.Call call, String uri) throws RpcError {
        calling.send(
                exchange,
                request,
                call,
                (desk, outcome) -> desk.stream().reply(reply(desk.exchange(), desk.request(), outcome, uri)));
    }

    private JsonBytes reply(Exchange exchange, Envelope request, CallOutcome outcome, String uri) {
        return switch (outcome) {
            case CallOutcome.Answered(Answer answer) ->
                replies.answered(request, Answers.json(answer), exchange.id(), !uri.isEmpty());
            case CallOutcome.NotAllowed(Refusal refusal) -> Reply.error(request.id(), replies.refused(refusal, uri));
            case CallOutcome.Failed(ToolFault fault) -> Reply.error(request.id(), replies.failed(fault, uri));
        };
    }

    private static String text(JsonNode params, String member) throws RpcError {
        JsonNode value = params.get(member);
        if (value == null || !value.isString()) {
            throw new RpcError(200, RpcError.INVALID_PARAMS, "Invalid params: " + member + " must be a string");
        }
        return value.stringValue();
    }
}
