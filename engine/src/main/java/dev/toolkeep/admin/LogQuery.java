package dev.toolkeep.admin;

import dev.toolkeep.journal.Written;
import java.time.Instant;
import java.util.function.Predicate;

/// Which records to show; empty text means any.
///
/// @param type the type, or the beginning of it up to a dot: `tool` means every `tool.…`
/// @param from not before this time
/// @param to before this time
public record LogQuery(String type, String caller, String tool, Instant from, Instant to) {
    /// Every record.
    public static final LogQuery ALL = new LogQuery("", "", "", Instant.MIN, Instant.MAX);

    Predicate<Written> filter() {
        return record ->
                (type.isEmpty() || record.type().equals(type) || record.type().startsWith(type + "."))
                        && (caller.isEmpty() || caller.equals(record.text("caller")))
                        && (tool.isEmpty() || tool.equals(record.text("tool")))
                        && !Instant.ofEpochMilli(record.at()).isBefore(from)
                        && Instant.ofEpochMilli(record.at()).isBefore(to);
    }
}
