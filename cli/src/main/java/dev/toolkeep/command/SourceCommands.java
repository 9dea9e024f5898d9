package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep source …`; adding one is [SourceAdd]'s.
@Command(name = "source", description = "Where tools come from.")
final class SourceCommands {
    private final Desk desk;

    SourceCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(
            name = "list",
            description = "Every source, with how the last reading of it ended.",
            footer = {"", "Example:", "  toolkeep source list"})
    int list(@Mixin Asked asked) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/sources");
            return desk.show(asked, answer, page -> SourceText.list(answer, page));
        }
    }

    @Command(
            name = "show",
            description = "One source.",
            footer = {"", "Example:", "  toolkeep source show petstore"})
    int show(@Mixin Asked asked, @Parameters(paramLabel = "NAME", description = "The source.") String name)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/sources" + AdminApi.segment(name));
            return desk.show(asked, answer, page -> SourceText.show(answer, page));
        }
    }

    @Command(
            name = "refresh",
            description = {
                "Reads a source again: what is new waits for approval, what changed rests until you decide.",
                "With --all every source; one that cannot be read does not stop the others (exit code 1 then)."
            },
            footer = {"", "Examples:", "  toolkeep source refresh petstore", "  toolkeep source refresh --all"})
    int refresh(
            @Mixin Asked asked,
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "The source.") @Nullable String name,
            @Option(names = "--all", description = "Every source.") boolean all)
            throws Failed {
        if ((name == null) != all) {
            throw Failed.usage("name a source, or give --all", "see `toolkeep source list` for the names");
        }
        try (AdminApi api = desk.admin(asked)) {
            if (name != null) {
                ObjectNode answer = api.postSlowly("/sources" + AdminApi.segment(name) + "/refresh", null);
                return desk.show(asked, answer, page -> SourceText.reading(answer, page));
            }
            ObjectNode answer = api.postSlowly("/sources/refresh", null);
            int shown = desk.show(
                    asked, answer, page -> answer.path("sources").forEach(one -> SourceText.refreshed(one, page)));
            return answer.path("sources").valueStream().anyMatch((JsonNode one) -> one.has("fault")) ? 1 : shown;
        }
    }

    @Command(
            name = "remove",
            description = "Removes a source with its tools. Their versions and the log stay on record.",
            footer = {"", "Example:", "  toolkeep source remove petstore --yes"})
    int remove(
            @Mixin Asked asked,
            @Parameters(paramLabel = "NAME", description = "The source.") String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes)
            throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            if (!desk.agreed(asked, yes, "Remove source " + name + " with all its tools?")) {
                throw Failed.with("not_agreed", "nothing was removed", "");
            }
            ObjectNode answer = api.delete("/sources" + AdminApi.segment(name), Map.of());
            return desk.show(asked, answer, page -> page.line("source " + name + " is removed, and its tools with it"));
        }
    }
}
