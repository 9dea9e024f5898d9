package dev.toolkeep.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.toolkeep.admin.LogAdmin;
import dev.toolkeep.admin.LogQuery;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.journal.Written;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// What happened, and the proof that nobody touched the record of it.
@RestController
@RequestMapping("/api/v1/log")
public class LogApi {
    private final LogAdmin log;

    public LogApi(LogAdmin log) {
        this.log = log;
    }

    /// @param next the next page's `before`, or its `after` where that was asked
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<JsonNode> records, @Nullable Long next) {
        static Page of(List<Written> records, int limit) {
            Long next = records.size() < limit ? null : (Long) records.getLast().sequence();
            return new Page(records.stream().<JsonNode>map(Written::json).toList(), next);
        }
    }

    /// @param firstBad the number of the first record that is missing or not as it was written
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verified(
            boolean intact,
            @Nullable Long records,
            @Nullable Long firstBad,
            @Nullable String file,
            @Nullable Long line,
            @Nullable String problem) {}

    @GetMapping
    @Operation(summary = "Records, newest first; with `after`, oldest first")
    Page show(
            @RequestParam(name = "type", defaultValue = "") String type,
            @RequestParam(name = "caller", defaultValue = "") String caller,
            @RequestParam(name = "tool", defaultValue = "") String tool,
            @RequestParam(name = "from", defaultValue = "") String from,
            @RequestParam(name = "to", defaultValue = "") String to,
            @RequestParam(name = "before", required = false) @Nullable Long before,
            @RequestParam(name = "after", required = false) @Nullable Long after,
            @RequestParam(name = "limit", defaultValue = "100") int limit)
            throws IOException {
        Instant start = Fields.time("from", from);
        Instant end = Fields.time("to", to);
        LogQuery query =
                new LogQuery(type, caller, tool, start == null ? Instant.MIN : start, end == null ? Instant.MAX : end);
        int size = Math.clamp(limit, 1, LogAdmin.MOST);
        if (after != null) {
            return Page.of(log.oldest(query, after, size), size);
        }
        return Page.of(log.newest(query, before == null ? Long.MAX_VALUE : before, size), size);
    }

    @GetMapping("/verify")
    @Operation(summary = "Walks the whole journal and names the first bad record")
    Verified verify() throws IOException {
        return switch (log.verify()) {
            case JournalVerifier.Verdict.Whole whole -> new Verified(true, whole.records(), null, null, null, null);
            case JournalVerifier.Verdict.Broken broken ->
                new Verified(false, null, broken.record(), broken.file(), broken.line(), broken.problem());
        };
    }
}
