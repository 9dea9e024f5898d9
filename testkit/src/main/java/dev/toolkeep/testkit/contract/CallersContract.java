package dev.toolkeep.testkit.contract;

import static dev.toolkeep.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Callers;
import dev.toolkeep.caller.StoredKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Callers] does.
public abstract class CallersContract {
    private Callers callers;

    /// Empty, its own for every test.
    protected abstract Callers open() throws Exception;

    @BeforeEach
    void openCallers() throws Exception {
        callers = open();
    }

    @Test
    void aNewOneIsEmpty() {
        assertThat(callers.callers()).isEmpty();
        assertThat(callers.keys()).isEmpty();
    }

    @Test
    void everyKindOfCallerComesBackAsItWasSavedById() {
        String text = Samples.ALL_KINDS_OF_TEXT;
        List<Caller> saved = List.of(
                Caller.of("a-b", Caller.Kind.AGENT, Set.of(), Set.of()),
                Caller.of("a.b", Caller.Kind.SERVICE, Set.of("b", "a", text), Set.of("pets:read", "pets:write")),
                Caller.of("a1", Caller.Kind.USER, Set.of("x"), Set.of()),
                Caller.of("a_b", Caller.Kind.OPERATOR, Set.of(), Set.of(text, "", ",", "[]")));

        saved.reversed().forEach(callers::save);

        assertThat(callers.callers()).isEqualTo(saved);
    }

    @Test
    void everyShapeOfKeyComesBackAsItWasSavedById() {
        callers.save(agent("ada"));
        callers.save(agent("bob"));
        List<StoredKey> saved = List.of(
                new StoredKey("k1", "bob", "00ff", NOON, null, null),
                new StoredKey("k2", "ada", "00ff", NOON, NOON.plusMillis(1), null),
                new StoredKey("k3", "ada", "11ff", NOON, null, NOON.plusMillis(2)),
                new StoredKey("k4", "ada", "22ff", NOON, NOON.plusMillis(3), NOON.plusMillis(4)));

        saved.reversed().forEach(callers::save);

        assertThat(callers.keys()).isEqualTo(saved);
    }

    @Test
    void savingACallerAgainReplacesItAndLeavesItsKeys() {
        callers.save(agent("ada"));
        callers.save(key("k1", "ada"));
        Caller changed = Caller.of("ada", Caller.Kind.SERVICE, Set.of("robot"), Set.of("pets:read"));

        callers.save(changed);

        assertThat(callers.callers()).containsExactly(changed);
        assertThat(callers.keys()).containsExactly(key("k1", "ada"));
    }

    @Test
    void savingAKeyAgainReplacesIt() {
        callers.save(agent("ada"));
        callers.save(key("k1", "ada"));
        StoredKey revoked = new StoredKey("k1", "ada", "00ff", NOON, null, NOON.plusSeconds(1));

        callers.save(revoked);

        assertThat(callers.keys()).containsExactly(revoked);
    }

    @Test
    void removingACallerRemovesItsKeysAndNothingElse() {
        callers.save(agent("ada"));
        callers.save(agent("ada-2"));
        callers.save(key("k1", "ada"));
        callers.save(key("k2", "ada"));
        callers.save(key("k3", "ada-2"));

        callers.remove("ada");

        assertThat(callers.callers()).containsExactly(agent("ada-2"));
        assertThat(callers.keys()).containsExactly(key("k3", "ada-2"));
    }

    @Test
    void removingWhoIsNotThereChangesNothing() {
        callers.save(agent("ada"));

        callers.remove("bob");

        assertThat(callers.callers()).containsExactly(agent("ada"));
    }

    @Test
    void aKeyOfNobodyIsNotKept() {
        callers.save(agent("ada"));
        callers.save(key("k1", "ada"));
        callers.remove("ada");

        assertThatThrownBy(() -> callers.save(key("k2", "ada"))).isInstanceOf(IllegalStateException.class);

        assertThat(callers.keys()).isEmpty();
    }

    @Test
    void aRemovedCallerComesBackWithoutItsOldKeys() {
        callers.save(agent("ada"));
        callers.save(key("k1", "ada"));
        callers.remove("ada");

        callers.save(agent("ada"));

        assertThat(callers.keys()).isEmpty();
    }

    @Test
    void manyWritersLoseNothing() {
        AtOnce.run(8, writer -> {
            String id = "agent-" + writer;
            callers.save(agent(id));
            for (int i = 0; i < 20; i++) {
                callers.save(key("k" + writer + "-" + i, id));
            }
        });

        assertThat(callers.callers()).hasSize(8);
        assertThat(callers.keys()).hasSize(160);
    }

    private static Caller agent(String id) {
        return Caller.of(id, Caller.Kind.AGENT, Set.of("agent"), Set.of());
    }

    private static StoredKey key(String id, String caller) {
        return new StoredKey(id, caller, "00ff", NOON, null, null);
    }
}
