package dev.toolkeep.command;

import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import dev.toolkeep.wire.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/// The log in words.
final class LogText {
    private static final Set<String> FRAME = Set.of("seq", "at", "type", "prev");

    private LogText() {}

    /// One record, one line: number, time, type, then everything it says.
    static void record(JsonNode record, Page page) {
        StringJoiner says = new StringJoiner("  ");
        record.properties().forEach(one -> {
            if (!FRAME.contains(one.getKey())) {
                JsonNode value = one.getValue();
                says.add(one.getKey() + "=" + (value.isString() ? value.stringValue() : Json.text(value)));
            }
        });
        Instant at = Instant.ofEpochMilli(record.path("at").asLong(0)).truncatedTo(ChronoUnit.MILLIS);
        page.line(
                style(Fields.text(record, "type")),
                String.format("%6d  %s  %s  %s", record.path("seq").asLong(0), at, Fields.text(record, "type"), says));
    }

    static void verified(JsonNode verdict, Page page) {
        if (verdict.path("intact").booleanValue(false)) {
            page.line(
                    Style.GOOD,
                    "the log is intact: " + verdict.path("records").asLong(0) + " records, each as it was written");
        } else {
            page.line(
                    Style.BAD,
                    "the log is NOT intact: record " + verdict.path("firstBad").asLong(0)
                            + " (" + Fields.text(verdict, "file") + ", line "
                            + verdict.path("line").asLong(0) + "): "
                            + Fields.text(verdict, "problem"));
        }
    }

    private static Style style(String type) {
        return type.endsWith("refused") || type.endsWith("failed") || type.endsWith("unknown")
                ? Style.BAD
                : Style.PLAIN;
    }
}
