package dev.toolkeep.admin;

import dev.toolkeep.call.Snapshots;
import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.JournalBroken;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/// How everything an operator changes is changed: one at a time, checked against what stands now, in the journal before
/// it is in the store, in the store before it is in the snapshot. All admin classes of one program share one.
public final class Changes {
    private static final int AT_ONCE = 1000;
    private static final long NONE = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Journal journal;
    private final Snapshots snapshots;
    private final InstantSource clock;

    public Changes(Journal journal, Snapshots snapshots, InstantSource clock) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /// A check and the [#commit] that follows from it.
    interface Change<T> {
        T make() throws Refused;
    }

    /// Runs a change while no other is under way.
    <T> T alone(Change<T> change) throws Refused {
        lock.lock();
        try {
            return change.make();
        } finally {
            lock.unlock();
        }
    }

    /// Journals, stores, publishes; only inside [#alone].
    void commit(Event event, Runnable store) throws Refused {
        commit(List.of(event), store);
    }

    /// Journals what changes nothing: a look that acts on the world.
    void note(Event event) throws Refused {
        write(List.of(event));
    }

    void commit(List<Event> events, Runnable store) throws Refused {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a change is committed alone");
        }
        long first = write(events);
        try {
            store.run();
        } catch (RuntimeException e) {
            disown(events.getFirst(), first);
            throw e;
        }
        snapshots.rebuild();
    }

    Instant now() {
        return clock.instant();
    }

    /// The number of the first record, once all are durable. Written a part at a time, so that a large change does not
    /// outgrow what may wait for the disk.
    private long write(List<Event> events) throws Refused {
        long first = NONE;
        for (int from = 0; from < events.size(); from += AT_ONCE) {
            List<CompletableFuture<Long>> part = events.subList(from, Math.min(from + AT_ONCE, events.size())).stream()
                    .map(event -> journal.append(event, Runnable::run).toCompletableFuture())
                    .toList();
            boolean whole = true;
            for (CompletableFuture<Long> record : part) {
                try {
                    long sequence = record.join();
                    first = first == NONE ? sequence : first;
                } catch (CompletionException e) {
                    whole = false;
                }
            }
            if (!whole) {
                if (first != NONE) {
                    disown(events.getFirst(), first);
                }
                throw unwritten();
            }
        }
        return first;
    }

    /// The journal must not go on saying that something happened which did not.
    private void disown(Event first, long sequence) throws Refused {
        try {
            journal.record(
                    Event.of("change.failed").with("change", first.type()).with("record", sequence));
        } catch (JournalBroken e) {
            throw unwritten();
        }
    }

    private static Refused unwritten() {
        return new Refused(
                Refusal.Code.UNAVAILABLE,
                "journal",
                "the journal cannot be written, so nothing was changed",
                "see `toolkeep doctor`; the disk may be full");
    }
}
