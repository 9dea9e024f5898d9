package dev.toolkeep.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One caller's use of one tool. Two buckets hold the rate: one whose minutes start with the first call, so that call
/// N+1 of a minute is refused however slowly they come, and one that fills evenly, so that the next minute's calls do
/// not all follow at once on the last's.
final class Share {
    static final Duration MINUTE = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Bucket bucket;
    private final AtomicInteger open = new AtomicInteger();
    private volatile int callsPerMinute;
    private volatile long used;

    Share(LongSupplier nanoTime, int callsPerMinute, int atFirst) {
        this.nanoTime = nanoTime;
        this.callsPerMinute = callsPerMinute;
        this.used = nanoTime.getAsLong();
        this.bucket = Bucket.builder()
                .addLimit(evenly(callsPerMinute, atFirst))
                .addLimit(byTheMinute(callsPerMinute, atFirst))
                .withCustomTimePrecision(new Meter(nanoTime))
                .build();
    }

    /// A place among the calls under way, or null when `most` are.
    @Nullable
    Lease enter(int most) {
        int now = open.get();
        while (now < most) {
            if (open.compareAndSet(now, now + 1)) {
                return new Place();
            }
            now = open.get();
        }
        return null;
    }

    /// Spends one call; when there is none left, spends nothing and says how many nanoseconds to wait.
    long spend(int perMinute) {
        if (perMinute != callsPerMinute) {
            follow(perMinute);
        }
        used = nanoTime.getAsLong();
        if (bucket.tryConsume(1)) {
            return 0;
        }
        return Math.max(1, bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /// Whether forgetting it now would give its caller something.
    boolean fresh() {
        return open.get() > 0 || nanoTime.getAsLong() - used < MINUTE.toNanos();
    }

    /// The policy changed: what was used of the old rate counts, in proportion, against the new.
    private synchronized void follow(int perMinute) {
        if (perMinute == callsPerMinute) {
            return;
        }
        BucketConfiguration changed = BucketConfiguration.builder()
                .addLimit(evenly(perMinute, perMinute))
                .addLimit(byTheMinute(perMinute, perMinute))
                .build();
        bucket.replaceConfiguration(changed, TokensInheritanceStrategy.PROPORTIONALLY);
        callsPerMinute = perMinute;
    }

    private static Bandwidth evenly(int perMinute, int atFirst) {
        return Bandwidth.builder()
                .capacity(perMinute)
                .refillGreedy(perMinute, MINUTE)
                .initialTokens(atFirst)
                .id("evenly")
                .build();
    }

    private static Bandwidth byTheMinute(int perMinute, int atFirst) {
        return Bandwidth.builder()
                .capacity(perMinute)
                .refillIntervally(perMinute, MINUTE)
                .initialTokens(atFirst)
                .id("minute")
                .build();
    }

    private final class Place implements Lease {
        private final AtomicBoolean held = new AtomicBoolean(true);

        @Override
        public void close() {
            if (held.compareAndSet(true, false)) {
                open.decrementAndGet();
            }
        }
    }

    private record Meter(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
