package dev.toolkeep.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// How many records of one kind may be written in a period, for kinds that others can cause without end: past that
/// they are counted, and the next one that is written says how many there were. So nobody fills the disk by being
/// refused. Never blocks. Thread-safe.
public final class RecordShare {
    /// What [#take] answers for a record that is not to be written.
    public static final long UNSAID = -1;

    private final int most;
    private final long millis;
    private final InstantSource clock;
    private final AtomicReference<Count> count = new AtomicReference<>(new Count(0, 0, 0));

    /// Of the period that began at `period` times its length.
    private record Count(long period, int written, long unsaid) {}

    /// @param most records a period, at least one
    /// @param period at least a millisecond; periods begin with the clock, not with the first record
    public RecordShare(int most, Duration period, InstantSource clock) {
        if (most < 1 || period.toMillis() < 1) {
            throw new IllegalArgumentException("a share has at least one record and one millisecond");
        }
        this.most = most;
        this.millis = period.toMillis();
        this.clock = clock;
    }

    /// Counts one record.
    ///
    /// @return how many were not written since the last that was; or [#UNSAID] when this one is not to be written
    public long take() {
        long period = Math.floorDiv(clock.millis(), millis);
        Count before = count.getAndUpdate(now -> room(now, period) ? written(now, period) : unsaid(now));
        return room(before, period) ? before.unsaid() : UNSAID;
    }

    private boolean room(Count now, long period) {
        return now.period() != period || now.written() < most;
    }

    private static Count written(Count now, long period) {
        return new Count(period, now.period() == period ? now.written() + 1 : 1, 0);
    }

    private static Count unsaid(Count now) {
        return new Count(now.period(), now.written(), now.unsaid() + 1);
    }
}
