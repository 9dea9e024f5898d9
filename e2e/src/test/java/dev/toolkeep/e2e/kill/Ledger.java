package dev.toolkeep.e2e.kill;

import dev.toolkeep.journal.JournalReader;
import dev.toolkeep.journal.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What the journal says of calls, read on from where it was read last. Not thread-safe.
final class Ledger {
    private final JournalReader reader;
    private final Map<String, String> opened = new HashMap<>();
    private final Map<String, String> closed = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private long last;

    Ledger(Path journal) {
        reader = new JournalReader(journal);
    }

    void read() throws IOException {
        for (Written record : reader.after(last, Integer.MAX_VALUE, any -> true)) {
            last = record.sequence();
            String call = record.text("call");
            switch (record.type()) {
                case "call.opened" -> once(opened.put(call, record.text("trace")) == null, record);
                case "call.closed" -> once(closed.put(call, record.text("outcome")) == null, record);
                case "call.refused" -> once(refused.add(call), record);
                case "call.unknown" -> once(unknown.add(call), record);
                default -> {
                    // Not of a call.
                }
            }
        }
    }

    /// The trace each call was opened with.
    Map<String, String> opened() {
        return opened;
    }

    /// How each call ended.
    Map<String, String> closed() {
        return closed;
    }

    Set<String> refused() {
        return refused;
    }

    Set<String> unknown() {
        return unknown;
    }

    /// The calls that were opened and of which nothing else is known.
    Set<String> open() {
        Set<String> open = new LinkedHashSet<>(opened.keySet());
        open.removeAll(closed.keySet());
        return open;
    }

    /// Starts the next round: what has been checked is not looked at again.
    void forget() {
        opened.clear();
        closed.clear();
        refused.clear();
        unknown.clear();
    }

    @Override
    public String toString() {
        return "record " + last;
    }

    private static void once(boolean first, Written record) {
        if (!first) {
            throw new AssertionError("twice in the journal: " + record.json());
        }
    }
}
