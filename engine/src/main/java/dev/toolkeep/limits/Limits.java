package dev.toolkeep.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.toolkeep.policy.Allowance;
import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What each caller has used of each tool: calls a minute and calls at the same time. Thread-safe, lock-free, in memory
/// and bounded.
///
/// A share that rests for two hours is forgotten; by then no call of it can be open and its minute is long full again.
/// Should shares ever be forgotten before that because there are too many, new ones start with a single call for a
/// minute, so nobody gains calls by pushing his own share out.
public final class Limits {
    private static final int MOST_SHARES = 250_000;
    private static final Duration FORGOTTEN_AFTER = Allowance.LONGEST.multipliedBy(2);

    private final LongSupplier nanoTime;
    private final Cache<Key, Share> shares;
    private final AtomicLong crowdedUntil;

    /// @param nanoTime monotonic nanoseconds, such as `System::nanoTime`
    public Limits(LongSupplier nanoTime) {
        this(nanoTime, MOST_SHARES);
    }

    Limits(LongSupplier nanoTime, int mostShares) {
        this.nanoTime = nanoTime;
        this.crowdedUntil = new AtomicLong(nanoTime.getAsLong());
        this.shares = Caffeine.newBuilder()
                .maximumSize(mostShares)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .evictionListener(this::forgotten)
                .build();
    }

    private record Key(String caller, String tool) {}

    /// Takes one call out of the caller's minute and one place among its calls at the same time. A call refused for
    /// want of a place costs nothing of the minute, and the other way round.
    ///
    /// @return the place; close it when the call has ended, however it ended
    /// @throws Refused TOO_MANY_AT_ONCE or RATE_LIMITED, with the seconds to wait
    public Lease take(PermittedCall call) throws Refused {
        return take(call.caller().id(), call.tool().definition().name().text(), call.allowance());
    }

    Lease take(String caller, String tool, Allowance allowance) throws Refused {
        Share share = shares.get(new Key(caller, tool), key -> newShare(allowance));
        Lease place = share.enter(allowance.concurrent());
        if (place == null) {
            throw new Refused(
                    Refusal.Code.TOO_MANY_AT_ONCE,
                    "limit:" + allowance.concurrent() + " at once",
                    caller + " already has " + allowance.concurrent() + " calls of " + tool
                            + " under way, the most it may have at once",
                    "Wait until one of them has ended, then call again.");
        }
        long wait = share.spend(allowance.callsPerMinute());
        if (wait > 0) {
            place.close();
            long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait + 999_999_999));
            throw new Refused(
                    Refusal.Code.RATE_LIMITED,
                    "limit:" + allowance.callsPerMinute() + "/min",
                    caller + " may call " + tool + " " + allowance.callsPerMinute() + " times a minute",
                    "Try again in " + seconds + (seconds == 1 ? " second." : " seconds."));
        }
        return place;
    }

    private Share newShare(Allowance allowance) {
        boolean crowded = crowdedUntil.get() - nanoTime.getAsLong() > 0;
        return new Share(nanoTime, allowance.callsPerMinute(), crowded ? 1 : allowance.callsPerMinute());
    }

    private void forgotten(@Nullable Key key, @Nullable Share share, RemovalCause cause) {
        if (cause == RemovalCause.SIZE && share != null && share.fresh()) {
            crowdedUntil.set(nanoTime.getAsLong() + Share.MINUTE.toNanos());
        }
    }
}
