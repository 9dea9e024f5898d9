package dev.toolkeep.registry;

import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Malformed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every tool as it stood when this was built. Immutable, found by full name in constant time.
public final class Registry {
    private final Map<String, Tool> byName;
    private final List<Tool> tools;
    private final List<Broken> broken;

    private Registry(Map<String, Tool> byName, List<Tool> tools, List<Broken> broken) {
        this.byName = Map.copyOf(byName);
        this.tools = List.copyOf(tools);
        this.broken = List.copyOf(broken);
    }

    /// A tool that could not be built and is therefore not there: its version is missing, or is not what its digest
    /// says.
    public record Broken(ToolName tool, String reason) {}

    /// Reads every standing and its version from `catalog` and checks each version against its digest. One that fails
    /// is left out, with the reason, and breaks no other. A tool that was removed before anybody approved it has
    /// nothing left to show and is left out silently.
    public static Registry build(Catalog catalog, SchemaCache schemas) {
        Map<String, Source> sources = new HashMap<>();
        catalog.sources().forEach(source -> sources.put(source.name(), source));
        List<Standing> standings = new ArrayList<>(catalog.standings());
        standings.sort(Comparator.comparing(Standing::tool));
        Map<Digest, ToolVersion> versions = catalog.versions(wanted(standings));
        Map<String, Tool> byName = HashMap.newHashMap(standings.size());
        List<Tool> tools = new ArrayList<>(standings.size());
        List<Broken> broken = new ArrayList<>();
        for (Standing standing : standings) {
            Digest digest = Tool.versionOf(standing);
            if (digest == null) {
                continue;
            }
            try {
                Tool tool = tool(standing, sources.get(standing.tool().source()), versions.get(digest), schemas);
                byName.put(standing.tool().text(), tool);
                tools.add(tool);
            } catch (Malformed e) {
                broken.add(new Broken(standing.tool(), String.valueOf(e.getMessage())));
            }
        }
        return new Registry(byName, tools, broken);
    }

    private static Set<Digest> wanted(List<Standing> standings) {
        Set<Digest> wanted = HashSet.newHashSet(standings.size());
        for (Standing standing : standings) {
            Digest digest = Tool.versionOf(standing);
            if (digest != null) {
                wanted.add(digest);
            }
        }
        return wanted;
    }

    private static Tool tool(
            Standing standing, @Nullable Source source, @Nullable ToolVersion version, SchemaCache schemas)
            throws Malformed {
        if (source == null) {
            throw new Malformed("its source is gone");
        }
        if (version == null) {
            throw new Malformed("its version is missing");
        }
        return Tool.of(source, standing, version, schemas);
    }

    /// The tool of this full name, whatever its status; null when there is none.
    public @Nullable Tool find(String fullName) {
        return byName.get(fullName);
    }

    /// By name.
    public List<Tool> tools() {
        return tools;
    }

    /// By name.
    public List<Broken> broken() {
        return broken;
    }
}
