package dev.toolkeep.web.mcp;

import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.web.rpc.Envelope;
import dev.toolkeep.web.rpc.Reply;
import dev.toolkeep.web.rpc.RpcError;
import dev.toolkeep.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Results and errors of what is used beside tools. None of these results can say that it failed, so refusals and
/// faults are errors, told apart by their codes and by `data.code`.
final class OfferReplies {
    /// A resource that is not there, in revisions to 2025-11-25; -32602 later.
    private static final int RESOURCE_NOT_FOUND = -32002;
    /// Refused: not allowed, whatever the reason.
    private static final int REFUSED = -32003;

    private static final int INTERNAL = -32603;

    private final Era era;
    private final byte[] serverInfo;

    OfferReplies(Era era, byte[] serverInfo) {
        this.era = era;
        this.serverInfo = serverInfo;
    }

    /// @param result a JSON object
    /// @param cacheable whether the revision wants it to say how long it may be kept
    JsonBytes answered(Envelope request, byte[] result, String callId, boolean cacheable) {
        JsonBytes out = Reply.begin(request.id(), result.length + 256);
        int end = result.length - 1; // before the closing brace
        out.raw(result, 0, end);
        if (end > 1) {
            out.ascii7(",");
        }
        if (era == Era.MODERN) {
            out.ascii7("\"resultType\":\"complete\",");
            if (cacheable) {
                out.ascii7("\"ttlMs\":0,\"cacheScope\":\"private\",");
            }
        }
        out.ascii7("\"_meta\":{\"dev.toolkeep/call\":").text(callId);
        if (era == Era.MODERN) {
            out.ascii7(",").raw(serverInfo);
        }
        return Reply.end(out.ascii7("}}"));
    }

    RpcError noSuchResource(String uri) {
        ObjectNode data = Json.object().put("uri", uri);
        return new RpcError(
                200,
                era == Era.MODERN ? RpcError.INVALID_PARAMS : RESOURCE_NOT_FOUND,
                "there is no such resource for this caller",
                data);
    }

    /// @param uri the resource asked for; empty when it was none
    RpcError refused(Refusal refusal, String uri) {
        boolean unknown = refusal.code() == Refusal.Code.TOOL_NOT_FOUND;
        if (unknown && !uri.isEmpty()) {
            return noSuchResource(uri);
        }
        ObjectNode data = Json.object()
                .put("code", refusal.code().text())
                .put("rule", refusal.rule())
                .put("advice", refusal.advice());
        boolean arguments = refusal.code() == Refusal.Code.BAD_ARGUMENTS;
        return error(unknown || arguments ? RpcError.INVALID_PARAMS : REFUSED, refusal.message(), data);
    }

    RpcError failed(ToolFault fault, String uri) {
        if (fault.kind() == ToolFault.Kind.NOT_FOUND && !uri.isEmpty()) {
            return noSuchResource(uri);
        }
        ObjectNode data = Json.object().put("code", fault.kind().code());
        if (!fault.detail().isEmpty()) {
            data.put("detail", fault.detail());
        }
        boolean arguments = fault.kind() == ToolFault.Kind.BAD_PARAMS;
        return error(arguments ? RpcError.INVALID_PARAMS : INTERNAL, fault.message(), data);
    }

    private static RpcError error(int code, String message, @Nullable ObjectNode data) {
        return new RpcError(200, code, message, data);
    }
}
