package dev.toolkeep.web.rpc;

import dev.toolkeep.web.exchange.JsonBytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// JSON-RPC replies, written straight into the bytes that go out.
public final class Reply {
    private static final byte[] ID = JsonBytes.ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] RESULT = JsonBytes.ascii(",\"result\":");
    private static final byte[] ERROR = JsonBytes.ascii(",\"error\":{\"code\":");
    private static final byte[] MESSAGE = JsonBytes.ascii(",\"message\":");
    private static final byte[] DATA = JsonBytes.ascii(",\"data\":");
    private static final byte[] END = JsonBytes.ascii("}");
    private static final byte[] NULL = JsonBytes.ascii("null");

    private Reply() {}

    /// Begins a reply whose result the caller writes; [#end] ends it.
    public static JsonBytes begin(@Nullable JsonNode id, int expected) {
        return id(new JsonBytes(expected + 96).raw(ID), id).raw(RESULT);
    }

    public static JsonBytes end(JsonBytes reply) {
        return reply.raw(END);
    }

    public static JsonBytes result(@Nullable JsonNode id, byte[] result) {
        return end(begin(id, result.length).raw(result));
    }

    public static JsonBytes error(@Nullable JsonNode id, RpcError error) {
        JsonBytes out = id(new JsonBytes(256).raw(ID), id)
                .raw(ERROR)
                .number(error.code())
                .raw(MESSAGE)
                .text(error.text());
        JsonNode data = error.data();
        if (data != null) {
            out.raw(DATA).node(data);
        }
        return out.raw(END).raw(END);
    }

    private static JsonBytes id(JsonBytes out, @Nullable JsonNode id) {
        if (id == null) {
            return out.raw(NULL);
        }
        return id.isString() ? out.text(id.stringValue()) : out.ascii7(id.asString());
    }
}
