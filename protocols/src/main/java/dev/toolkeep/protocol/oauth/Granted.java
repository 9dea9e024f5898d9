package dev.toolkeep.protocol.oauth;

import dev.toolkeep.tool.ToolFault;
import java.time.Duration;

/// How asking for a token ended.
public sealed interface Granted {
    /// An access token. Cannot be printed.
    ///
    /// @param life how long the server says it holds
    record Token(String value, Duration life) implements Granted {
        @Override
        public String toString() {
            return "<token>";
        }
    }

    /// None; the words hold neither the client's secret nor anything the server wrote but a code of RFC 6749, 5.2.
    record Failed(ToolFault fault) implements Granted {}
}
