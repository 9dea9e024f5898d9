package dev.toolkeep.web.rpc;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A JSON-RPC error and the HTTP status it travels with. Stackless: it is an answer, not a bug.
public final class RpcError extends Exception {
    public static final int PARSE = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    /// As the official SDKs answer; the revisions name the status alone.
    public static final int SESSION_NOT_FOUND = -32001;
    public static final int LACKS_CAPABILITY = -32021;
    public static final int HEADER_MISMATCH = -32020;
    public static final int UNSUPPORTED_VERSION = -32022;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final String text;
    private final transient @Nullable JsonNode data;

    public RpcError(int status, int code, String text, @Nullable JsonNode data) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
        this.data = data;
    }

    public RpcError(int status, int code, String text) {
        this(status, code, text, null);
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }

    public @Nullable JsonNode data() {
        return data;
    }
}
