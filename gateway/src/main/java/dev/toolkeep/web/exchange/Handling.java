package dev.toolkeep.web.exchange;

/// What a door does with a request. Runs on the event loop: it decides nothing and never blocks.
@FunctionalInterface
public interface Handling {
    void handle(Exchange exchange) throws TurnedAway;

    /// What it does once the body is there.
    @FunctionalInterface
    interface OfBody {
        void handle(byte[] body) throws TurnedAway;
    }

    @FunctionalInterface
    interface Step {
        void run() throws TurnedAway;
    }
}
