package dev.toolkeep.web.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A JSON-RPC error and the HTTP status it travels with. Stackless: it is an answer, not a bug.
final class RpcError extends Exception {
    static final int PARSE = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    /// As the official SDKs answer; the revisions name the status alone.
    static final int SESSION_NOT_FOUND = -32001;
    static final int LACKS_CAPABILITY = -32021;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final String text;
    private final transient @Nullable JsonNode data;

    RpcError(int status, int code, String text, @Nullable JsonNode data) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
        this.data = data;
    }

    RpcError(int status, int code, String text) {
        this(status, code, text, null);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    @Nullable
    JsonNode data() {
        return data;
    }
}
