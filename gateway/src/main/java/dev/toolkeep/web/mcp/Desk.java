package dev.toolkeep.web.mcp;

import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.rpc.Envelope;

/// Where the answer to a call goes: the request it came with, or the latest retry of it.
record Desk(Exchange exchange, Envelope request, CallStream stream) {
    /// How an outcome is rendered. Runs on the desk's event loop.
    @FunctionalInterface
    interface Ending {
        void end(Desk desk, CallOutcome outcome);
    }
}
