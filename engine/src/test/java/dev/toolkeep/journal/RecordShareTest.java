package dev.toolkeep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordShareTest {
    private static final long NONE = RecordShare.UNSAID;

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RecordShare share = new RecordShare(3, Duration.ofMinutes(1), () -> now);

    private long[] taken(int times) {
        return LongStream.generate(share::take).limit(times).toArray();
    }

    @Test
    void asManyAsThePeriodHasAreWrittenAndTheNextOneCountsTheRest() {
        assertThat(taken(5)).containsExactly(0, 0, 0, NONE, NONE);
        now = now.plusSeconds(59);
        assertThat(taken(1)).containsExactly(NONE);
        now = now.plusSeconds(1);
        assertThat(taken(5)).containsExactly(3, 0, 0, NONE, NONE);
    }

    @Test
    void noneIsLostBetweenThreads() {
        AtomicLong written = new AtomicLong();
        AtomicLong counted = new AtomicLong();
        RecordShare crowded = new RecordShare(100, Duration.ofMinutes(1), InstantSource.fixed(now));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 10_000; i++) {
                threads.execute(() -> (crowded.take() == NONE ? counted : written).incrementAndGet());
            }
        }
        assertThat(written).hasValue(100);
        assertThat(counted).hasValue(9_900);
    }
}
