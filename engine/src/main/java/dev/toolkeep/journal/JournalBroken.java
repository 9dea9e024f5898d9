package dev.toolkeep.journal;

import java.io.IOException;

/// The journal cannot be read, trusted or written. The message is one sentence that says what is wrong and what to do.
/// While it is broken nothing may happen (rule 3).
public final class JournalBroken extends IOException {
    private static final long serialVersionUID = 1L;

    public JournalBroken(String message) {
        super(message);
    }

    public JournalBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
