package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.AgentDoor;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep tool …`: what is offered, and how it changed.
@Command(name = "tool", description = "What is offered, and how it changed.")
final class ToolCommands {
    private final Desk desk;

    ToolCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(
            name = "list",
            description = {
                "Every tool with its status: approved, expired, pending, rejected, drifted, quarantined, removed.",
                "A ! after the status means that it is flagged: it looks like another tool, or hides text."
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep tool list",
                "  toolkeep tool list 'petstore.*' --status pending",
                "  toolkeep tool list --source petstore --flagged"
            })
    int list(
            @Mixin Asked asked,
            @Parameters(paramLabel = "PATTERN", arity = "0..1", description = "Names, with * for any run of characters")
                    @Nullable
                    String pattern,
            @Option(names = "--source", paramLabel = "NAME", defaultValue = "", description = "Of this source only.")
                    String source,
            @Option(names = "--status", paramLabel = "STATUS", defaultValue = "", description = "Of this status only.")
                    String status,
            @Option(names = "--flagged", description = "Flagged ones only.") boolean flagged)
            throws Failed {
        String match = pattern == null ? "" : ToolPages.pattern(pattern);
        try (AdminApi api = desk.admin(asked)) {
            List<JsonNode> tools = ToolPages.all(
                    api, Map.of("match", match, "source", source, "status", status, "flagged", flagged ? "true" : ""));
            ObjectNode answer = Json.object();
            tools.forEach(answer.putArray("tools")::add);
            answer.put("total", tools.size());
            return desk.show(asked, answer, page -> listed(tools, page));
        }
    }

    private static void listed(List<JsonNode> tools, Page page) {
        if (tools.isEmpty()) {
            page.line("no tools");
        } else {
            ToolText.list(tools, page);
        }
    }

    @Command(
            name = "search",
            description = "Finds tools by words, the best first, among those that an agent's key may call.",
            footer = {"", "Example:", "  toolkeep tool search current weather"})
    int search(
            @Mixin Asked asked,
            @Parameters(paramLabel = "WORDS", arity = "1..*", description = "What it should be about.")
                    List<String> words,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "10", description = "At most so many.")
                    int limit,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            description = "The agent's key; else TOOLKEEP_KEY, else DIR/agent.key")
                    @Nullable
                    Path keyFile)
            throws Failed {
        try (AgentDoor door = desk.gateway(asked, keyFile)) {
            ObjectNode answer = door.search(String.join(" ", words), limit);
            return desk.show(asked, answer, page -> {
                if (answer.path("tools").isEmpty()) {
                    page.line("nothing found that this key may call");
                } else {
                    ToolText.found(answer, page);
                }
            });
        }
    }

    @Command(
            name = "show",
            description = "One version of a tool, whole; by default the one that is offered.",
            footer = {"", "Example:", "  toolkeep tool show petstore.get-pet"})
    int show(
            @Mixin Asked asked,
            @Parameters(paramLabel = "TOOL", description = "The tool: source.name") String name,
            @Option(names = "--digest", paramLabel = "DIGEST", defaultValue = "", description = "Another version.")
                    String digest)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/tools/show", Map.of("name", name, "digest", digest));
            return desk.show(asked, answer, page -> ToolText.show(answer, page));
        }
    }

    @Command(
            name = "versions",
            description = "Every version of a tool ever seen, oldest first.",
            footer = {"", "Example:", "  toolkeep tool versions petstore.get-pet"})
    int versions(
            @Mixin Asked asked, @Parameters(paramLabel = "TOOL", description = "The tool: source.name") String name)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/tools/versions", Map.of("name", name));
            return desk.show(asked, answer, page -> ToolText.versions(answer, page));
        }
    }

    @Command(
            name = "diff",
            description = {
                "What changed between two versions; by default from the approved one to the offered one.",
                "widening: it may do, reach or take more than before. narrowing: less. neutral: neither."
            },
            footer = {"", "Example:", "  toolkeep tool diff petstore.get-pet"})
    int diff(
            @Mixin Asked asked,
            @Parameters(paramLabel = "TOOL", description = "The tool: source.name") String name,
            @Option(names = "--from", paramLabel = "DIGEST", defaultValue = "", description = "The version before.")
                    String from,
            @Option(names = "--to", paramLabel = "DIGEST", defaultValue = "", description = "The version after.")
                    String to)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/tools/diff", Map.of("name", name, "from", from, "to", to));
            return desk.show(asked, answer, page -> ToolText.diff(name, answer, page));
        }
    }
}
