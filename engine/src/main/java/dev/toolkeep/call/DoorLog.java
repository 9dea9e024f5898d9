package dev.toolkeep.call;

import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.RecordShare;
import java.time.Duration;
import java.time.InstantSource;

/// Records requests that were refused before a call could be made of them. Strangers can send these without end, so at
/// most [#MOST] a second get a record each; the next record says how many more there were.
final class DoorLog {
    static final int MOST = 100;

    private final Journal journal;
    private final RecordShare share;

    DoorLog(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.share = new RecordShare(MOST, Duration.ofSeconds(1), clock);
    }

    void refused(DoorRefusal request) {
        long more = share.take();
        if (more == RecordShare.UNSAID) {
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
        journal.append(more > 0 ? event.with("more", more) : event, Runnable::run)
                .whenComplete((sequence, broken) -> {});
    }
}
