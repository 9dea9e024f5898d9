package dev.toolkeep.tool;

import java.time.Duration;

/// A call over a plain socket.
///
/// @param host lower-case ASCII, an IPv6 address in brackets; never a placeholder
/// @param port 1 to 65535
/// @param message what is sent
/// @param charset what the answer's bytes are decoded as; empty: they stay bytes
/// @param timeout of the whole call
public record SocketCall(String host, int port, MessageTemplate message, String charset, Duration timeout) {}
