package dev.toolkeep.client.filter;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tools and manuals a post-processor is about, as UTCP scopes them: what is excluded is out, and where a list of
/// those to include is given nothing else is in. Tools are named `manual.tool`; the case of
/// a manual's name does not count.
public record Scope(
        @Nullable Set<String> excludeTools,
        @Nullable Set<String> onlyTools,
        @Nullable Set<String> excludeManuals,
        @Nullable Set<String> onlyManuals) {
    public static final Scope ALL = new Scope(null, null, null, null);

    public Scope {
        excludeTools = all(excludeTools, ManualName::tool);
        onlyTools = all(onlyTools, ManualName::tool);
        excludeManuals = all(excludeManuals, ManualName::source);
        onlyManuals = all(onlyManuals, ManualName::source);
    }

    public boolean covers(String tool) {
        int dot = tool.indexOf('.');
        String manual = dot < 0 ? tool : tool.substring(0, dot);
        return in(tool, excludeTools, onlyTools) && in(manual, excludeManuals, onlyManuals);
    }

    private static @Nullable Set<String> all(@Nullable Set<String> names, UnaryOperator<String> known) {
        return names == null ? null : names.stream().map(known).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean in(String name, @Nullable Set<String> excluded, @Nullable Set<String> only) {
        return (excluded == null || !excluded.contains(name)) && (only == null || only.contains(name));
    }
}
