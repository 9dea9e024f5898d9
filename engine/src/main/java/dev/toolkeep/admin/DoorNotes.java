package dev.toolkeep.admin;

import dev.toolkeep.journal.Event;
import dev.toolkeep.journal.Journal;
import java.time.InstantSource;

/// Records requests that the console refused. Strangers can send these without end, so at most [#MOST] a second get a
/// record; the next one says how many more there were. Never blocks.
public final class DoorNotes {
    static final int MOST = 20;

    private final Journal journal;
    private final InstantSource clock;
    private long second;
    private int noted;
    private long more;

    DoorNotes(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /// @param caller whose key it was, or empty
    /// @param detail what was asked for; cut to 80 printable characters
    public void refused(String address, String caller, String code, String detail) {
        Event event = Event.of("console.refused")
                .with("address", address)
                .with("caller", caller)
                .with("code", code)
                .with("detail", Nay.printable(detail));
        long unsaid = unsaid();
        if (unsaid >= 0) {
            journal.append(unsaid > 0 ? event.with("more", unsaid) : event, Runnable::run)
                    .whenComplete((sequence, broken) -> {});
        }
    }

    /// How many went unsaid before this one, or -1 when this one goes unsaid too.
    private synchronized long unsaid() {
        long now = clock.millis() / 1000;
        if (now != second) {
            second = now;
            noted = 0;
        }
        if (noted >= MOST) {
            more++;
            return -1;
        }
        noted++;
        long unsaid = more;
        more = 0;
        return unsaid;
    }
}
