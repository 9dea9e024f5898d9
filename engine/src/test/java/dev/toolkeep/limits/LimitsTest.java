package dev.toolkeep.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toolkeep.policy.Allowance;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final Limits limits = new Limits(nanos::get);

    @Test
    void theSixtyFirstCallInAMinuteIsRefusedWithTheSecondsToWait() throws Refused {
        take(60, Allowance.DEFAULT);
        Refusal no = refused(limits, "a", "s.t", Allowance.DEFAULT);
        assertThat(no.code()).isEqualTo(Refusal.Code.RATE_LIMITED);
        assertThat(no.rule()).isEqualTo("limit:60/min");
        assertThat(no.message()).contains("a may call s.t 60 times a minute");
        assertThat(no.advice()).contains("60 seconds");
    }

    @Test
    void slowCallsCountAgainstTheSameMinute() throws Refused {
        for (int i = 0; i < 60; i++) {
            limits.take("a", "s.t", Allowance.DEFAULT).close();
            pass(Duration.ofMillis(900));
        }
        assertThat(refused(limits, "a", "s.t", Allowance.DEFAULT).advice()).contains("6 seconds");
        pass(Duration.ofSeconds(6));
        limits.take("a", "s.t", Allowance.DEFAULT).close();
    }

    @Test
    void theNextMinutesCallsDoNotAllFollowAtOnceOnTheLast() throws Refused {
        pass(Duration.ofMillis(1));
        limits.take("a", "s.t", Allowance.DEFAULT).close();
        pass(Duration.ofSeconds(59));
        take(59, Allowance.DEFAULT);
        pass(Duration.ofSeconds(2));
        int allowed = 0;
        while (allowed < 60 && allowed(limits, "a", "s.t", Allowance.DEFAULT)) {
            allowed++;
        }
        assertThat(allowed).isBetween(1, 5);
    }

    @Test
    void afterAQuietMinuteAllCallsAreThereAgain() throws Refused {
        take(60, Allowance.DEFAULT);
        pass(Duration.ofSeconds(60));
        take(60, Allowance.DEFAULT);
        refused(limits, "a", "s.t", Allowance.DEFAULT);
    }

    @Test
    void callersAndToolsHaveTheirOwnShares() throws Refused {
        take(60, Allowance.DEFAULT);
        refused(limits, "a", "s.t", Allowance.DEFAULT);
        limits.take("b", "s.t", Allowance.DEFAULT).close();
        limits.take("a", "s.u", Allowance.DEFAULT).close();
    }

    @Test
    void noMoreThanTheAllowedCallsRunAtOnceAndARefusalCostsNothing() throws Refused {
        Allowance two = allowance(3, 2);
        Lease first = limits.take("a", "s.t", two);
        Lease second = limits.take("a", "s.t", two);
        for (int i = 0; i < 10; i++) {
            Refusal no = refused(limits, "a", "s.t", two);
            assertThat(no.code()).isEqualTo(Refusal.Code.TOO_MANY_AT_ONCE);
            assertThat(no.rule()).isEqualTo("limit:2 at once");
        }
        first.close();
        first.close();
        Lease third = limits.take("a", "s.t", two);
        refused(limits, "a", "s.t", two);
        second.close();
        third.close();
        assertThat(refused(limits, "a", "s.t", two).code()).isEqualTo(Refusal.Code.RATE_LIMITED);
    }

    @Test
    void aCallRefusedForItsRateGivesItsPlaceBack() throws Refused {
        Allowance one = allowance(1, 1);
        limits.take("a", "s.t", one).close();
        for (int i = 0; i < 5; i++) {
            assertThat(refused(limits, "a", "s.t", one).code()).isEqualTo(Refusal.Code.RATE_LIMITED);
        }
    }

    @Test
    void aForgottenShareHandsOutNoMoreThanARestedOne() throws Refused {
        take(60, Allowance.DEFAULT);
        for (int i = 0; i < 6; i++) {
            pass(Duration.ofSeconds(9));
            refused(limits, "a", "s.t", Allowance.DEFAULT);
        }
    }

    @Test
    void pushingAShareOutOfMemoryDoesNotRenewIt() throws Refused {
        Limits small = new Limits(nanos::get, 20);
        int allowed = 0;
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 60 && allowed(small, "abuser", "s.t", Allowance.DEFAULT); i++) {
                allowed++;
            }
            for (int other = 0; other < 200; other++) {
                allowed(small, "abuser", "s.x" + round + "-" + other, Allowance.DEFAULT);
            }
        }
        assertThat(allowed).isLessThanOrEqualTo(60 + 100);
    }

    @Test
    void aChangedRateIsFollowedWithoutForgettingWhatWasUsed() throws Refused {
        take(30, allowance(60, 100));
        int left = 0;
        while (allowed(limits, "a", "s.t", allowance(10, 100))) {
            left++;
        }
        assertThat(left).isEqualTo(5);
    }

    @Test
    void manyThreadsNeverTakeMoreThanThereIs() throws InterruptedException {
        Allowance some = allowance(1000, 1000);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int n = 0; n < 500; n++) {
                    if (allowed(limits, "a", "s.t", some)) {
                        taken.incrementAndGet();
                    }
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(taken).hasValue(1000);
    }

    private void take(int calls, Allowance allowance) throws Refused {
        for (int i = 0; i < calls; i++) {
            limits.take("a", "s.t", allowance).close();
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Allowance allowance(int callsPerMinute, int concurrent) {
        return new Allowance(callsPerMinute, concurrent, Duration.ofSeconds(30), 1 << 20, 1 << 20);
    }

    private static boolean allowed(Limits limits, String caller, String tool, Allowance allowance) {
        try {
            limits.take(caller, tool, allowance).close();
            return true;
        } catch (Refused no) {
            return false;
        }
    }

    private static Refusal refused(Limits limits, String caller, String tool, Allowance allowance) {
        Refused no = catchThrowableOfType(Refused.class, () -> limits.take(caller, tool, allowance));
        assertThat(no).isNotNull();
        return no.why();
    }
}
