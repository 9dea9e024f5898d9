package dev.toolkeep.admin;

import dev.toolkeep.journal.JournalReader;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.journal.Written;
import java.io.IOException;
import java.util.List;

/// Looks into the journal. It reads the files alone: nothing an operator does here changes a record.
public final class LogAdmin {
    /// The longest page.
    public static final int MOST = 1000;

    private final JournalReader reader;
    private final JournalVerifier verifier;

    public LogAdmin(JournalReader reader, JournalVerifier verifier) {
        this.reader = reader;
        this.verifier = verifier;
    }

    /// The newest records first, from the one before `before` backwards.
    public List<Written> newest(LogQuery query, long before, int limit) throws IOException {
        return reader.before(before, Math.clamp(limit, 1, MOST), query.filter());
    }

    /// The oldest records first, from the one after `after` on.
    public List<Written> oldest(LogQuery query, long after, int limit) throws IOException {
        return reader.after(after, Math.clamp(limit, 1, MOST), query.filter());
    }

    /// Walks the whole chain.
    public JournalVerifier.Verdict verify() throws IOException {
        return verifier.verify();
    }
}
