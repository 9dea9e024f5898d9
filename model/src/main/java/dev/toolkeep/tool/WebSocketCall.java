package dev.toolkeep.tool;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// A call over a WebSocket (RFC 6455).
///
/// @param handshake the GET that opens the connection: `url` is `wss://` or `ws://`, the body is none, and its
///     `timeout` bounds the whole call
/// @param subprotocol the one the server must agree to; empty: none
/// @param message what is sent
/// @param replies what is waited for
/// @param line how the connection is treated
public record WebSocketCall(
        HttpCall handshake, String subprotocol, MessageTemplate message, Replies replies, Line line) {
    /// `expected` for answers without end: until the server closes or says that it was all, or is silent too long.
    public static final int STREAM = -1;

    /// The request that opens the connection (RFC 6455, 3 and 4.1): `https` for `wss`, `http` for `ws`.
    public HttpCall asHttp() {
        return new HttpCall(
                handshake.method(),
                "http" + handshake.url().substring(2),
                handshake.contentType(),
                handshake.headers(),
                handshake.query(),
                handshake.body(),
                handshake.headerFields(),
                handshake.auth(),
                handshake.timeout());
    }

    /// What counts as an answer.
    ///
    /// @param format how a message is read
    /// @param expected how many there are, or [#STREAM]
    /// @param filter members a message must have, with these values; others are passed over. It may hold
    ///     placeholders, and must not be modified
    /// @param timeout how long to wait for the next one
    public record Replies(Format format, int expected, ObjectNode filter, Duration timeout) {}

    /// @param connectTimeout for looking up, connecting, TLS and the handshake together
    /// @param keepAlive whether the server is pinged, and the connection given up when it does not answer
    /// @param pingInterval how often
    /// @param closeAfter whether the connection serves one call only
    public record Line(Duration connectTimeout, boolean keepAlive, Duration pingInterval, boolean closeAfter) {}

    /// How a message that arrives is read.
    public enum Format {
        /// JSON where it is JSON, else text; what came as bytes stays bytes.
        ANY,
        JSON,
        TEXT,
        /// Text as it came, bytes as they came.
        RAW
    }
}
