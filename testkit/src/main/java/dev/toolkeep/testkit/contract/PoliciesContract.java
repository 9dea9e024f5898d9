package dev.toolkeep.testkit.contract;

import static dev.toolkeep.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.policy.Policies;
import dev.toolkeep.policy.PolicyText;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Policies] does.
public abstract class PoliciesContract {
    private Policies policies;

    /// Empty, its own for every test.
    protected abstract Policies open() throws Exception;

    @BeforeEach
    void openPolicies() throws Exception {
        policies = open();
    }

    @Test
    void aNewOneIsEmpty() {
        assertThat(policies.current()).isEmpty();
        assertThat(policies.history()).isEmpty();
    }

    @Test
    void aRevisionComesBackAsItWasSaved() {
        PolicyText text = new PolicyText(1, Samples.ALL_KINDS_OF_TEXT + "\n# ".repeat(100_000), "eve", NOON);

        policies.save(text);

        assertThat(policies.current()).contains(text);
        assertThat(policies.history()).containsExactly(text);
    }

    @Test
    void theCurrentIsTheLastAndHistoryHasTheNewestHundredFirst() {
        for (int revision = 1; revision <= 105; revision++) {
            policies.save(text(revision));
        }

        assertThat(policies.current()).contains(text(105));
        assertThat(policies.history())
                .hasSize(100)
                .startsWith(text(105), text(104))
                .endsWith(text(7), text(6));
    }

    @Test
    void theFirstRevisionIsOne() {
        for (long wrong : new long[] {-1, 0, 2, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> policies.save(text(wrong))).isInstanceOf(IllegalStateException.class);
        }

        assertThat(policies.current()).isEmpty();
    }

    @Test
    void aRevisionThatDoesNotFollowTheCurrentIsNotSaved() {
        policies.save(text(1));
        policies.save(text(2));

        for (long wrong : new long[] {1, 2, 4}) {
            assertThatThrownBy(() -> policies.save(new PolicyText(wrong, "other", "mallory", NOON)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("meanwhile");
        }

        assertThat(policies.history()).containsExactly(text(2), text(1));
    }

    @Test
    void ofManyWhoSaveTheSameRevisionOneWins() {
        AtomicInteger won = new AtomicInteger();
        AtOnce.run(8, writer -> {
            for (int revision = 1; revision <= 10; revision++) {
                try {
                    policies.save(new PolicyText(revision, "rules: []", "writer-" + writer, NOON));
                    won.incrementAndGet();
                } catch (IllegalStateException somebodyElseDid) {
                    assertThat(somebodyElseDid).hasMessageContaining("meanwhile");
                }
            }
        });

        assertThat(won).hasValue((int) policies.current().orElseThrow().revision());
        assertThat(policies.history()).hasSize(won.get());
    }

    private static PolicyText text(long revision) {
        return new PolicyText(revision, "rules: [] # " + revision, "eve", NOON.plusSeconds(revision % 1000));
    }
}
