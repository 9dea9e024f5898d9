package dev.toolkeep.admin;

import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.RecordShare;
import java.time.Duration;
import java.time.InstantSource;

/// Records requests that the console refused. Strangers can send these without end, so at most [#MOST] a second get a
/// record; the next one says how many more there were. Never blocks.
public final class DoorNotes {
    static final int MOST = 20;

    private final Journal journal;
    private final RecordShare share;

    DoorNotes(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.share = new RecordShare(MOST, Duration.ofSeconds(1), clock);
    }

    /// @param caller whose key it was, or empty
    /// @param detail what was asked for; cut to 80 printable characters
    public void refused(String address, String caller, String code, String detail) {
        Event event = Event.of("console.refused")
                .with("address", address)
                .with("caller", caller)
                .with("code", code)
                .with("detail", Nay.printable(detail));
        long unsaid = share.take();
        if (unsaid != RecordShare.UNSAID) {
            journal.append(unsaid > 0 ? event.with("more", unsaid) : event, Runnable::run)
                    .whenComplete((sequence, broken) -> {});
        }
    }
}
