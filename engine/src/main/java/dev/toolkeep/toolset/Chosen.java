package dev.toolkeep.toolset;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A toolset, compiled: asks whether a tool is in it, and translates between full names and the names it is served
/// under. Immutable; a question costs its patterns with a `*`, not its names.
public final class Chosen {
    private final Toolset toolset;
    private final @Nullable String onlySource;
    private final Set<String> sources;
    private final Set<String> names = new HashSet<>();
    private final List<ToolPattern> patterns;
    private final Set<String> tags = new HashSet<>();

    public Chosen(Toolset toolset) {
        this.toolset = toolset;
        Toolset.Selection selection = toolset.selection();
        this.onlySource = selection.onlySource();
        this.sources = Set.copyOf(selection.sources());
        this.patterns = selection.tools().stream()
                .filter(pattern -> pattern.text().contains("*"))
                .toList();
        for (ToolPattern pattern : selection.tools()) {
            if (!pattern.text().contains("*")) {
                names.add(pattern.text());
            }
        }
        selection.tags().forEach(tag -> tags.add(tag.toLowerCase(Locale.ROOT)));
    }

    public Toolset toolset() {
        return toolset;
    }

    /// Whether all its tools are of one source by its selection, so that they are served under their original names.
    public boolean unprefixed() {
        return onlySource != null;
    }

    public boolean has(ToolDefinition tool) {
        return (sources.isEmpty() || sources.contains(tool.name().source()))
                && named(tool.name().text())
                && (tags.isEmpty()
                        || tool.tags().stream().anyMatch(tag -> tags.contains(tag.toLowerCase(Locale.ROOT))));
    }

    /// The name a tool of it is served under: the source's own where all are of one source, else the full name.
    public String shown(ToolName tool) {
        return onlySource == null ? tool.text() : tool.name();
    }

    /// The full name of what is served under `shown`, whether or not there is such a tool.
    public String full(String shown) {
        return onlySource == null ? shown : onlySource + "." + shown;
    }

    private boolean named(String name) {
        if (names.isEmpty() && patterns.isEmpty()) {
            return true;
        }
        return names.contains(name) || patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
}
