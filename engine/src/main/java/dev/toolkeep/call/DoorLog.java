package dev.toolkeep.call;

import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.Journal;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Records requests that were refused before a call could be made of them. Strangers can send these without end, so at
/// most [#MOST] a second get a record each; the next record says how many more there were.
final class DoorLog {
    static final int MOST = 100;

    private final Journal journal;
    private final InstantSource clock;
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong unsaid = new AtomicLong();

    DoorLog(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void refused(DoorRefusal request) {
        long now = clock.millis() / 1000;
        if (second.getAndSet(now) != now) {
            seen.set(0);
        }
        if (seen.incrementAndGet() > MOST) {
            unsaid.incrementAndGet();
            return;
        }
        String detail = request.detail();
        Event event = Event.of("door.refused")
                .with("address", request.address())
                .with("call", request.call())
                .with("code", request.code())
                .with("detail", detail.length() > 300 ? detail.substring(0, 300) : detail)
                .with("door", request.door().name());
        if (!request.caller().isEmpty()) {
            event.with("caller", request.caller());
        }
        long more = unsaid.getAndSet(0);
        journal.append(more > 0 ? event.with("more", more) : event, Runnable::run)
                .whenComplete((sequence, broken) -> {});
    }
}
