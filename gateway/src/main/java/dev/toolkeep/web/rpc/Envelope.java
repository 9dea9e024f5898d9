package dev.toolkeep.web.rpc;

import dev.toolkeep.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One JSON-RPC 2.0 request, or a notification when it has no id. `body` are the bytes it was read from.
public record Envelope(@Nullable JsonNode id, String method, ObjectNode params, byte[] body) {
    private static final int ID_CHARS = 256;

    /// The id a reply must carry; null when `message` has none that is a string or an integer.
    public static @Nullable JsonNode id(JsonNode message) {
        JsonNode id = message.get("id");
        if (id == null) {
            return null;
        }
        boolean text = id.isString() && id.stringValue().length() <= ID_CHARS;
        return text || id.isIntegralNumber() ? id : null;
    }

    public static Envelope read(JsonNode message, byte[] body) throws RpcError {
        if (message.isArray()) {
            throw invalid("batches are not served: send each message in its own POST");
        }
        if (!(message instanceof ObjectNode object)) {
            throw invalid("a message is a JSON object");
        }
        JsonNode version = object.get("jsonrpc");
        if (version == null || !version.isString() || !version.stringValue().equals("2.0")) {
            throw invalid("jsonrpc must be \"2.0\"");
        }
        JsonNode method = object.get("method");
        if (method == null && (object.has("result") || object.has("error"))) {
            throw invalid("a response is not expected: this server sends no requests");
        }
        if (method == null || !method.isString()) {
            throw invalid("method must be a string");
        }
        JsonNode id = id(object);
        if (id == null && object.has("id")) {
            throw invalid("id must be an integer or a string of at most " + ID_CHARS + " characters");
        }
        if (id == null && !method.stringValue().startsWith("notifications/")) {
            throw invalid("a request needs an id");
        }
        return new Envelope(id, method.stringValue(), params(object), body);
    }

    public boolean notification() {
        return id == null;
    }

    /// `params._meta`, empty when there is none.
    public ObjectNode meta() {
        return params.get("_meta") instanceof ObjectNode meta ? meta : Json.object();
    }

    private static ObjectNode params(ObjectNode message) throws RpcError {
        JsonNode params = message.get("params");
        if (params == null) {
            return Json.object();
        }
        if (params instanceof ObjectNode object) {
            return object;
        }
        throw new RpcError(400, RpcError.INVALID_PARAMS, "params must be an object");
    }

    private static RpcError invalid(String why) {
        return new RpcError(400, RpcError.INVALID_REQUEST, "Invalid request: " + why);
    }
}
