package dev.toolkeep.registry;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a person should look twice at a tool before approving it: a name that looks like another's, letters of mixed
/// scripts, hidden characters. Indexed once for a whole refresh.
final class Flags {
    private static final int LONGEST = 400;

    private final LookAlikes siblings;
    private final LookAlikes strangers;
    private final Map<String, ToolName> stranger = new HashMap<>();
    private final Optional<String> source;

    /// @param siblings what `source` offers
    /// @param others the tools of every other source
    Flags(String source, Collection<ToolName> siblings, Collection<ToolName> others) {
        this.siblings = LookAlikes.of(siblings.stream().map(ToolName::name).toList());
        others.forEach(other -> stranger.putIfAbsent(other.name(), other));
        this.strangers = LookAlikes.of(stranger.keySet());
        this.source = LookAlikes.clash(
                source, others.stream().map(ToolName::source).distinct().toList());
    }

    /// All findings in one line; empty when there is none.
    String of(ToolDefinition definition) {
        List<String> found = new ArrayList<>();
        String name = original(definition);
        source.ifPresent(other -> found.add("its source's name looks like " + other));
        siblings.alike(name).ifPresent(other -> found.add("its name looks like " + other + " of the same source"));
        strangers.alike(name).ifPresent(other -> found.add("its name looks like " + stranger.get(other)));
        LookAlikes.mixed(name).ifPresent(word -> found.add("its name mixes the letters of two scripts"));
        LookAlikes.mixed(definition.title()).ifPresent(word -> found.add("its title mixes the letters of two scripts"));
        hidden("name", HiddenText.in(name), found);
        hidden("title", HiddenText.in(definition.title()), found);
        hidden("description", HiddenText.in(definition.description()), found);
        hidden("tags", HiddenText.in(String.join(" ", definition.tags())), found);
        hidden("inputs", HiddenText.in(definition.inputs()), found);
        hidden("outputs", HiddenText.in(definition.outputs()), found);
        hidden("annotations", HiddenText.in(definition.annotations()), found);
        return found.stream().reduce("", Flags::joined);
    }

    static String joined(String flag, String more) {
        String joined = flag.isEmpty() ? more : flag + "; " + more;
        return joined.length() > LONGEST ? joined.substring(0, LONGEST) : joined;
    }

    private static void hidden(String where, Optional<String> what, List<String> found) {
        what.ifPresent(text -> found.add("hidden in its " + where + ": " + text));
    }

    /// The name its source itself gives it, where that is known.
    private static String original(ToolDefinition definition) {
        return definition.template() instanceof CallTemplate.Mcp mcp
                ? mcp.tool()
                : definition.name().name();
    }
}
