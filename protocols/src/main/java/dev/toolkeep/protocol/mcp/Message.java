package dev.toolkeep.protocol.mcp;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One JSON-RPC 2.0 message of a server.
sealed interface Message {
    /// The answer to our question `id`: exactly one of `result` and `error` is there.
    record Response(
            long id, @Nullable ObjectNode result, @Nullable ObjectNode error) implements Message {
        /// This response as a reply that came with an HTTP status (0: stdio).
        Reply reply(int status) {
            if (result != null) {
                return new Reply.Result(result);
            }
            ObjectNode said = error == null ? Json.object() : error;
            int code = said.path("code").isInt() ? said.path("code").intValue() : 0;
            String message =
                    said.path("message").isString() ? said.path("message").stringValue() : "";
            return new Reply.RpcError(code, message, said.get("data"), status);
        }
    }

    /// A question of the server to us; `id` is its own.
    record Request(JsonNode id, String method, ObjectNode params) implements Message {}

    record Notification(String method, ObjectNode params) implements Message {}

    /// A response whose id is none of ours: null, a string, a fraction.
    record Stray(@Nullable ObjectNode error) implements Message {}

    /// Reads one message, or a batch of them (revision 2025-03-26 allows servers to send one).
    static List<Message> read(byte[] bytes, Bounds bounds) throws Malformed {
        JsonNode node = StrictJson.parse(bytes, bounds);
        if (!node.isArray()) {
            return List.of(of(node));
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode each : node) {
            messages.add(of(each));
        }
        return messages;
    }

    private static Message of(JsonNode node) throws Malformed {
        if (!(node instanceof ObjectNode object)
                || !"2.0".equals(object.path("jsonrpc").asString(""))) {
            throw new Malformed("not a JSON-RPC 2.0 message");
        }
        JsonNode method = object.get("method");
        JsonNode id = object.get("id");
        if (method != null) {
            if (!method.isString()) {
                throw new Malformed("the method of a JSON-RPC message must be a string");
            }
            ObjectNode params = object.get("params") instanceof ObjectNode given ? given : Json.object();
            return id != null
                    ? new Request(id, method.stringValue(), params)
                    : new Notification(method.stringValue(), params);
        }
        ObjectNode result = object.get("result") instanceof ObjectNode given ? given : null;
        ObjectNode error = object.get("error") instanceof ObjectNode given ? given : null;
        if ((result == null) == (error == null)) {
            throw new Malformed("a JSON-RPC response holds either a result object or an error object");
        }
        return id != null && id.isIntegralNumber() && id.canConvertToLong()
                ? new Response(id.longValue(), result, error)
                : new Stray(error);
    }

    static byte[] request(long id, String method, ObjectNode params) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        message.set("params", params);
        return Json.bytes(message);
    }

    static byte[] notification(String method, ObjectNode params) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0").put("method", method);
        if (!params.isEmpty()) {
            message.set("params", params);
        }
        return Json.bytes(message);
    }

    /// Our answer to a server's question: an empty result to `ping`, "no such method" to all else.
    static byte[] answer(Request request) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0");
        message.set("id", request.id());
        if (request.method().equals("ping")) {
            message.putObject("result");
        } else {
            message.putObject("error").put("code", -32601).put("message", "Method not found");
        }
        return Json.bytes(message);
    }

    /// The answer somebody else gave to a server's question.
    ///
    /// @param response its `result` or `error`
    static byte[] answer(Request request, ObjectNode response) {
        ObjectNode message = Json.object().put("jsonrpc", "2.0");
        message.set("id", request.id());
        message.setAll(response);
        return Json.bytes(message);
    }
}
