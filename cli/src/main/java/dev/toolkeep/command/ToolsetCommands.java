package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep toolset …`: curated lists of tools, each with its own endpoint.
@Command(name = "toolset", description = "Curated lists of tools, each with its own endpoint; they grant nothing.")
final class ToolsetCommands {
    private final Desk desk;

    ToolsetCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(
            name = "add",
            description = {
                "Adds a toolset, served at /mcp/NAME, /utcp/NAME and /v1/tools?toolset=NAME. A tool is in it when its",
                "source, its name and its tags are among those given; what is not given is not asked. Callers see in",
                "it only what the policy lets them see. With one source, tools keep their source's own names."
            },
            footer = {
                "",
                "Examples:",
                "  toolkeep toolset add pets --source petstore",
                "  toolkeep toolset add reading --tool 'petstore.get-*' --tool wiki.search --title 'Look, no hands'",
                "  toolkeep toolset add billing --tag billing"
            })
    int add(
            @Mixin Asked asked,
            @Parameters(paramLabel = "NAME", description = "1-64 of a-z 0-9 _ -") String name,
            @Option(names = "--source", paramLabel = "SOURCE", description = "Tools of this source; repeat for more.")
                    @Nullable
                    List<String> sources,
            @Option(
                            names = "--tool",
                            paramLabel = "PATTERN",
                            description =
                                    "Tools of these full names, with * for any run of characters; repeat for more.")
                    @Nullable
                    List<String> tools,
            @Option(names = "--tag", paramLabel = "TAG", description = "Tools with this tag; repeat for more.")
                    @Nullable
                    List<String> tags,
            @Option(names = "--title", paramLabel = "WORDS", defaultValue = "", description = "What people read.")
                    String title)
            throws Failed {
        if (sources == null && tools == null && tags == null) {
            throw Failed.usage("a toolset selects by something", "give --source, --tool or --tag");
        }
        ObjectNode order = Json.object().put("name", name).put("title", title);
        fill(order.putArray("sources"), sources);
        fill(order.putArray("tools"), tools);
        fill(order.putArray("tags"), tags);
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.post("/toolsets", order);
            return desk.show(asked, answer, page -> shown(answer, page));
        }
    }

    private static void fill(ArrayNode list, @Nullable List<String> words) {
        if (words != null) {
            words.forEach(list::add);
        }
    }

    @Command(
            name = "list",
            description = "Every toolset, with how many tools it selects now.",
            footer = {"", "Example:", "  toolkeep toolset list"})
    int list(@Mixin Asked asked) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/toolsets");
            return desk.show(asked, answer, page -> listed(answer, page));
        }
    }

    @Command(
            name = "show",
            description = "One toolset, with the tools it selects now, whatever their status.",
            footer = {"", "Example:", "  toolkeep toolset show pets"})
    int show(@Mixin Asked asked, @Parameters(paramLabel = "NAME", description = "The toolset.") String name)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/toolsets" + AdminApi.segment(name));
            return desk.show(asked, answer, page -> shown(answer, page));
        }
    }

    @Command(
            name = "remove",
            description = "Removes a toolset; its tools stay.",
            footer = {"", "Example:", "  toolkeep toolset remove pets"})
    int remove(@Mixin Asked asked, @Parameters(paramLabel = "NAME", description = "The toolset.") String name)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.delete("/toolsets" + AdminApi.segment(name), Map.of());
            return desk.show(asked, answer, page -> page.line("toolset " + name + " is removed"));
        }
    }

    private static void listed(ObjectNode answer, Page page) {
        if (answer.path("toolsets").isEmpty()) {
            page.line("no toolsets");
            return;
        }
        Page.Table table = page.table("TOOLSET", "TOOLS", "SOURCES", "PATTERNS", "TAGS");
        for (JsonNode toolset : answer.path("toolsets")) {
            table.row(
                    Fields.text(toolset, "name"),
                    toolset.path("found").asString(""),
                    Fields.words(toolset, "sources"),
                    Fields.words(toolset, "tools"),
                    Fields.words(toolset, "tags"));
        }
        table.end();
    }

    private static void shown(ObjectNode answer, Page page) {
        String name = Fields.text(answer, "name");
        String title = Fields.text(answer, "title");
        page.line("toolset " + name + (title.isEmpty() ? "" : ": " + title));
        page.line("served at /mcp/" + name + ", /utcp/" + name + " and /v1/tools?toolset=" + name);
        if (answer.path("unprefixed").booleanValue(false)) {
            page.line("its tools are called by their source's own names");
        }
        page.line("selects now:");
        if (answer.path("found").isEmpty()) {
            page.line("  nothing");
        }
        answer.path("found").forEach(tool -> page.line("  " + tool.asString("")));
    }
}
