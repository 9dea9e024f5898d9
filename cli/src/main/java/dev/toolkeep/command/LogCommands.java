package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Plain;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep log …`: what happened, and the proof that nobody touched the record of it.
@Command(name = "log", description = "What happened, and the proof that nobody touched the record of it.")
final class LogCommands {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int MOST = 100_000;

    private final Desk desk;

    LogCommands(Desk desk) {
        this.desk = desk;
    }

    /// Which records.
    static final class Filter {
        @Option(
                names = "--type",
                paramLabel = "TYPE",
                defaultValue = "",
                description = "Of this type, or of every type under it: tool means every tool.…")
        private String type = "";

        @Option(names = "--caller", paramLabel = "ID", defaultValue = "", description = "About this caller.")
        private String caller = "";

        @Option(names = "--tool", paramLabel = "TOOL", defaultValue = "", description = "About this tool.")
        private String tool = "";

        @Option(names = "--from", paramLabel = "TIME", defaultValue = "", description = "Not before this time.")
        private String from = "";

        @Option(names = "--to", paramLabel = "TIME", defaultValue = "", description = "Before this time.")
        private String to = "";

        private Map<String, String> query() throws Failed {
            Map<String, String> query = new HashMap<>();
            query.put("type", type);
            query.put("caller", caller);
            query.put("tool", tool);
            query.put("from", Expiry.time("--from", from));
            query.put("to", Expiry.time("--to", to));
            return query;
        }
    }

    @Command(
            name = "show",
            description = {
                "The newest records, the latest last. With --follow also each new one, until you stop it (Ctrl-C);",
                "then --json prints one record a line."
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep log show",
                "  toolkeep log show --type call --tool petstore.get-pet --limit 200",
                "  toolkeep log show --caller support-bot --from 2026-11-21T00:00:00Z --follow"
            })
    int show(
            @Mixin Asked asked,
            @Mixin Filter filter,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "So many; 50 without it.")
                    int limit,
            @Option(names = "--follow", description = "Go on with each new record.") boolean follow)
            throws Failed {
        if (limit < 0 || limit > MOST) {
            throw Failed.usage("--limit is 0 to " + MOST, "for all of it use `toolkeep log export`");
        }
        try (AdminApi api = desk.admin(asked)) {
            LogPages pages = new LogPages(api, filter.query());
            if (follow) {
                return follow(asked, api, pages, limit);
            }
            ObjectNode answer = pages.newest(limit);
            return desk.show(
                    asked, answer, page -> answer.path("records").forEach(record -> LogText.record(record, page)));
        }
    }

    private int follow(Asked asked, AdminApi api, LogPages pages, int limit) throws Failed {
        JsonNode newest = new LogPages(api, Map.of()).newest(1).path("records").path(0);
        long last = newest.path("seq").asLong(0);
        for (JsonNode record : pages.newest(limit).path("records")) {
            if (record.path("seq").asLong(0) <= last) {
                print(asked, record);
            }
        }
        while (!desk.out().checkError()) {
            last = pages.after(last, record -> print(asked, record));
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
        return 0;
    }

    private void print(Asked asked, JsonNode record) {
        if (asked.json()) {
            desk.out().println(Plain.json(Json.text(record)));
        } else {
            Page page = desk.page();
            LogText.record(record, page);
            desk.out().print(page.text());
        }
        desk.out().flush();
    }

    @Command(
            name = "verify",
            description = {
                "Walks the whole log and names the first record that is missing or not as it was written.",
                "Works without a running server too, on the data folder itself. Exit code 1 when it is not intact."
            },
            footer = {"", "Examples:", "  toolkeep log verify", "  toolkeep log verify --data /var/lib/toolkeep"})
    int verify(@Mixin Asked asked) throws Failed {
        ObjectNode verdict;
        if (desk.runs(asked)) {
            try (AdminApi api = desk.admin(asked)) {
                verdict = api.getSlowly("/log/verify");
            }
        } else {
            verdict = LogFolder.verify(desk.data(asked));
        }
        int shown = desk.show(asked, verdict, page -> LogText.verified(verdict, page));
        return verdict.path("intact").booleanValue(false) ? shown : 1;
    }

    @Command(
            name = "export",
            description =
                    "Writes the records, oldest first, one JSON object a line, into a new file only you can read.",
            footer = {
                "",
                "Examples:",
                "  toolkeep log export log.jsonl",
                "  toolkeep log export november.jsonl --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z"
            })
    int export(
            @Mixin Asked asked,
            @Mixin Filter filter,
            @Parameters(paramLabel = "FILE", description = "The new file.") Path file)
            throws Failed {
        Path path = desk.path(file);
        try (AdminApi api = desk.admin(asked);
                Writer out = Channels.newWriter(NewFile.create(path), StandardCharsets.UTF_8)) {
            long[] count = new long[1];
            new LogPages(api, filter.query()).after(0, record -> {
                write(out, record, path);
                count[0]++;
            });
            out.flush();
            ObjectNode answer = Json.object().put("file", path.toString()).put("records", count[0]);
            return desk.show(asked, answer, page -> page.line(count[0] + " records are in " + path));
        } catch (IOException e) {
            throw NewFile.unwritable(path);
        }
    }

    private static void write(Writer out, JsonNode record, Path path) throws Failed {
        try {
            out.write(Json.text(record) + "\n");
        } catch (IOException e) {
            throw NewFile.unwritable(path);
        }
    }
}
