package dev.toolkeep.console.api;

import dev.toolkeep.admin.ToolsetAdmin;
import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.toolset.Toolset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Toolsets as JSON.
final class ToolsetShapes {
    private ToolsetShapes() {}

    /// Every list that is not empty must hold something of a tool: its source, a pattern of its name, one of its tags.
    record Selected(@Nullable String title, List<String> sources, List<String> tools, List<String> tags) {
        Selected {
            sources = Fields.list("sources", sources);
            tools = Fields.list("tools", tools);
            tags = Fields.list("tags", tags);
        }

        Toolset.Selection selection() {
            return ToolsetShapes.selection(sources, tools, tags);
        }
    }

    /// A new toolset, named as in `/mcp/{name}`.
    record NewToolset(
            String name, @Nullable String title, List<String> sources, List<String> tools, List<String> tags) {
        NewToolset {
            Fields.required("name", name);
            sources = Fields.list("sources", sources);
            tools = Fields.list("tools", tools);
            tags = Fields.list("tags", tags);
        }

        Toolset.Selection selection() {
            return ToolsetShapes.selection(sources, tools, tags);
        }
    }

    /// @param unprefixed whether its tools are served under their source's own names
    /// @param found the tools it selects now, whatever their status
    record ToolsetView(
            String name,
            String title,
            List<String> sources,
            List<String> tools,
            List<String> tags,
            boolean unprefixed,
            List<String> found,
            String by,
            String at) {
        static ToolsetView of(ToolsetAdmin.State state) {
            Toolset toolset = state.toolset();
            Toolset.Selection selection = toolset.selection();
            return new ToolsetView(
                    toolset.name(),
                    toolset.title(),
                    selection.sources(),
                    selection.tools().stream().map(ToolPattern::text).toList(),
                    selection.tags(),
                    state.unprefixed(),
                    state.tools(),
                    toolset.by(),
                    toolset.at().toString());
        }
    }

    record ToolsetSummary(
            String name,
            String title,
            List<String> sources,
            List<String> tools,
            List<String> tags,
            boolean unprefixed,
            int found,
            String by,
            String at) {
        static ToolsetSummary of(ToolsetAdmin.State state) {
            ToolsetView view = ToolsetView.of(state);
            return new ToolsetSummary(
                    view.name(),
                    view.title(),
                    view.sources(),
                    view.tools(),
                    view.tags(),
                    view.unprefixed(),
                    view.found().size(),
                    view.by(),
                    view.at());
        }
    }

    record ToolsetList(List<ToolsetSummary> toolsets) {}

    private static Toolset.Selection selection(List<String> sources, List<String> tools, List<String> tags) {
        List<ToolPattern> patterns = tools.stream()
                .map(text -> {
                    try {
                        return new ToolPattern(text);
                    } catch (IllegalArgumentException e) {
                        throw Unfit.invalid("tools", String.valueOf(e.getMessage()));
                    }
                })
                .toList();
        try {
            return new Toolset.Selection(sources, patterns, tags);
        } catch (IllegalArgumentException e) {
            throw Unfit.invalid("toolset", String.valueOf(e.getMessage()));
        }
    }
}
