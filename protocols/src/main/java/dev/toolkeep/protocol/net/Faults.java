package dev.toolkeep.protocol.net;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// What a network failure is called. The words are fixed: nothing of an exception's own text, which may name
/// addresses, reaches a caller.
public final class Faults {
    private Faults() {}

    public static ToolFault of(Throwable failure) {
        return switch (failure) {
            case EgressDenied denied -> ToolFault.of(Kind.EGRESS_DENIED, String.valueOf(denied.getMessage()));
            case UnknownHostException _ -> unreachable("the name of the tool's server has no address");
            case SSLException _ -> unreachable("no trusted TLS connection to the tool's server could be made");
            case ConnectionPoolTooBusyException _ -> unreachable("too many calls already wait for the tool's server");
            case TimeoutException _ -> unreachable("the tool's server could not be reached in time");
            case HttpClosedException _ -> unreachable("the tool's server closed the connection before its answer");
            case ClosedChannelException _ -> unreachable("the tool's server closed the connection before its answer");
            case IOException _ -> unreachable("the tool's server could not be reached");
            default -> malformed(failure);
        };
    }

    private static ToolFault malformed(Throwable failure) {
        boolean protocol = failure.getClass().getName().startsWith("io.netty.handler.codec.");
        return protocol
                ? ToolFault.of(
                        Kind.BAD_ANSWER, "the tool's server did not answer in valid HTTP, or its headers are too large")
                : unreachable("the tool's server could not be reached");
    }

    private static ToolFault unreachable(String words) {
        return ToolFault.of(Kind.UNREACHABLE, words);
    }
}
