package dev.toolkeep.web.exchange;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What every exchange of one event loop shares.
public interface House {
    /// Runs things on this event loop; at once when already there.
    Executor home();

    /// The most a body may measure.
    int bodyBytes();

    /// How long a body may take to arrive, from its head on.
    Duration bodyPatience();

    /// Our own address as a peer that sent this `Host` sees it: `scheme://host:port`.
    String origin(@Nullable String host);

    /// Records a request that was turned away before the engine saw it. Never blocks.
    void turnedAway(Exchange exchange, String code, String detail);

    /// Logs a bug.
    void broke(String callId, Throwable bug);
}
