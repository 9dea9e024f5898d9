package dev.toolkeep.call;

import dev.toolkeep.limits.Lease;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the calls that are being performed, so that a stop can wait for them and let no new one in.
final class OpenCalls {
    private static final long DRAINING = 1L << 40;

    /// The number of open calls, plus DRAINING once nobody may enter.
    private final AtomicLong state = new AtomicLong();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();

    void refuseWhenDraining() throws Refused {
        if (state.get() >= DRAINING) {
            throw draining();
        }
    }

    /// Counts one call in; closing the returned lease gives the share back and counts it out.
    Lease enter(Lease lease) throws Refused {
        if (state.incrementAndGet() > DRAINING) {
            lease.close();
            leave();
            throw draining();
        }
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                lease.close();
                leave();
            }
        };
    }

    CompletionStage<Void> drain() {
        long before = state.getAndUpdate(n -> n >= DRAINING ? n : n + DRAINING);
        if (before % DRAINING == 0) {
            empty.complete(null);
        }
        return empty;
    }

    private void leave() {
        if (state.decrementAndGet() == DRAINING) {
            empty.complete(null);
        }
    }

    private static Refused draining() {
        return new Refused(Refusal.Code.SHUTTING_DOWN, "drain", "the gateway is stopping", "try again in a moment");
    }
}
