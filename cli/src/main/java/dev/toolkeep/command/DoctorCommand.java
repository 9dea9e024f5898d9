package dev.toolkeep.command;

import dev.toolkeep.admin.Finding;
import dev.toolkeep.admin.FolderCheck;
import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import dev.toolkeep.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep doctor`: names what is weak and how to mend it.
@Command(
        name = "doctor",
        description = {
            "Names what is weak and how to mend it, the gravest first. It changes nothing.",
            "Without a running server it looks at the data folder alone."
        },
        footer = {"", "Example:", "  toolkeep doctor"})
final class DoctorCommand implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private Asked asked = new Asked();

    DoctorCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws Failed {
        ObjectNode answer;
        if (desk.runs(asked)) {
            try (AdminApi api = desk.admin(asked)) {
                answer = api.getSlowly("/doctor");
            }
            answer.put("running", true);
        } else {
            answer = alone(desk.data(asked));
        }
        return desk.show(asked, answer, page -> words(answer, page));
    }

    /// What can be said without a server.
    private ObjectNode alone(Path data) {
        List<Finding> found = new ArrayList<>();
        found.add(new Finding(
                Finding.Severity.LOW,
                "not-running",
                "no Toolkeep runs on " + data,
                "start it: `toolkeep start --data " + data + "`; until then only its files were looked at"));
        if (Files.isDirectory(data)) {
            found.addAll(FolderCheck.of(data));
            if (Files.isDirectory(data.resolve("journal"))) {
                journal(data, found);
            }
        }
        found.sort(java.util.Comparator.comparing(Finding::severity));
        ObjectNode answer = Json.object();
        ArrayNode findings = answer.putArray("findings");
        found.forEach(one -> findings.addObject()
                .put("severity", one.severity().name().toLowerCase(Locale.ROOT))
                .put("rule", one.rule())
                .put("message", one.message())
                .put("advice", one.advice()));
        return answer.put("running", false);
    }

    private static void journal(Path data, List<Finding> found) {
        try {
            ObjectNode verdict = LogFolder.verify(data);
            if (!verdict.path("intact").booleanValue(false)) {
                found.add(new Finding(
                        Finding.Severity.HIGH,
                        "journal-broken",
                        "the log is not intact: record "
                                + verdict.path("firstBad").asLong(0) + ": " + Fields.text(verdict, "problem"),
                        "keep the folder as it is, and find out who could write to it"));
            }
        } catch (Failed e) {
            found.add(new Finding(
                    Finding.Severity.HIGH,
                    "journal-unreadable",
                    e.why().message(),
                    e.why().advice()));
        }
    }

    private static void words(JsonNode answer, Page page) {
        if (answer.path("findings").isEmpty()) {
            page.line(Style.GOOD, "nothing to mend");
        }
        for (JsonNode one : answer.path("findings")) {
            String severity = Fields.text(one, "severity");
            Style style = severity.equals("high") ? Style.BAD : severity.equals("low") ? Style.FAINT : Style.PLAIN;
            page.line(
                    style,
                    String.format("%-7s", severity) + Fields.text(one, "message") + "  (" + Fields.text(one, "rule")
                            + ")");
            page.line("       " + Fields.text(one, "advice"));
        }
    }
}
