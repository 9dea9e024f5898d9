package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Callers;
import dev.toolkeep.caller.MemoryCallers;
import dev.toolkeep.caller.StoredKey;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.registry.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In the journal before the store, in the store before the snapshot.
class ChangesTest {
    private static final Caller BOB = Caller.of("bob", Caller.Kind.AGENT, Set.of(), Set.of());

    @TempDir
    Path folder;

    /// A store on a disk that is full.
    private static final class Full implements Callers {
        private final MemoryCallers kept = new MemoryCallers();

        @Override
        public List<Caller> callers() {
            return kept.callers();
        }

        @Override
        public void save(Caller caller) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public void remove(String callerId) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public List<StoredKey> keys() {
            return kept.keys();
        }

        @Override
        public void save(StoredKey key) {
            throw new IllegalStateException("the disk is full");
        }
    }

    @Test
    void aChangeIsRecordedBeforeItIsStored() throws Exception {
        try (OpenRooms open = OpenRooms.open(folder)) {
            Changes changes = new Changes(
                    open.engine().journal(),
                    open.engine().snapshots(),
                    open.engine().clock());
            List<Integer> seen = new ArrayList<>();
            changes.alone(() -> {
                changes.commit(Event.of("test.change"), () -> seen.add(count(open, "test.change")));
                return true;
            });
            assertThat(seen).containsExactly(1);
        }
    }

    @Test
    void aChangeIsInTheSnapshotWhenItReturns() throws Exception {
        try (OpenRooms open = OpenRooms.open(folder)) {
            long before = open.engine().snapshots().now().revision();
            open.rooms().agents().add(BY, BOB);
            assertThat(open.engine().snapshots().now().revision()).isEqualTo(before + 1);
        }
    }

    @Test
    void aChangeThatCannotBeStoredIsDisowned() throws Exception {
        Stores memory = Stores.inMemory();
        Stores full = new Stores(memory.catalog(), new Full(), memory.policies(), memory.secrets(), memory.toolsets());
        try (OpenRooms open = OpenRooms.open(folder, full, 65_536)) {
            long before = open.engine().snapshots().now().revision();
            assertThatThrownBy(() -> open.rooms().agents().add(BY, BOB)).hasMessage("the disk is full");
            long record = open.records("caller.added").getFirst().sequence();
            assertThat(open.records("change.failed")
                            .getFirst()
                            .json()
                            .path("record")
                            .asLong())
                    .isEqualTo(record);
            assertThat(open.engine().snapshots().now().revision()).isEqualTo(before);
        }
    }

    @Test
    void withoutTheJournalNothingIsStored() throws Exception {
        try (OpenRooms open = OpenRooms.open(folder)) {
            open.engine().journal().close();
            assertThat(OpenRooms.refused(() -> open.rooms().agents().add(BY, BOB))
                            .code())
                    .isEqualTo(Refusal.Code.UNAVAILABLE);
            assertThat(open.rooms().agents().list()).isEmpty();
        }
    }

    @Test
    void aChangeOfMoreRecordsThanMayWaitIsWrittenAllTheSame() throws Exception {
        String[] tools = new String[2500];
        for (int i = 0; i < tools.length; i++) {
            tools[i] = "tool" + i;
        }
        try (OpenRooms open = OpenRooms.open(folder, Stores.inMemory(), 1500)) {
            open.source("many", tools);
            assertThat(open.rooms().sources().show("many").tools()).isEqualTo(Map.of(Standing.Status.PENDING, 2500));
            assertThat(open.rooms().log().verify()).isEqualTo(new JournalVerifier.Verdict.Whole(2502));
            assertThat(open.records("change.failed")).isEmpty();
        }
    }

    @Test
    void aChangeWrittenInPartIsDisowned() throws Exception {
        try (OpenRooms open = OpenRooms.open(folder, Stores.inMemory(), 5)) {
            Changes changes = new Changes(
                    open.engine().journal(),
                    open.engine().snapshots(),
                    open.engine().clock());
            List<Event> events =
                    Stream.generate(() -> Event.of("test.change")).limit(900).toList();
            List<String> stored = new ArrayList<>();
            Refusal why = OpenRooms.refused(() -> changes.alone(() -> {
                changes.commit(events, () -> stored.add("all"));
                return true;
            }));
            assertThat(why.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
            assertThat(stored).isEmpty();
            long first = open.records("test.change").getFirst().sequence();
            assertThat(open.records("change.failed")
                            .getFirst()
                            .json()
                            .path("record")
                            .asLong())
                    .isEqualTo(first);
        }
    }

    @Test
    void aChangeOutsideOfTurnIsABug() throws Exception {
        try (OpenRooms open = OpenRooms.open(folder)) {
            Changes changes = new Changes(
                    open.engine().journal(),
                    open.engine().snapshots(),
                    open.engine().clock());
            assertThatThrownBy(() -> changes.commit(Event.of("test.change"), () -> {}))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static int count(OpenRooms open, String type) {
        try {
            return open.records(type).size();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
