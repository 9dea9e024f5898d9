package dev.toolkeep.web.mcp;

import dev.toolkeep.call.Listing;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.UriTemplate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller is shown beside tools, by kind and by the name or URI it is asked for. A resource keeps its own URI;
/// where two sources offer the same one, each is shown as `toolkeep:{source}:{uri}`, so that nobody reads the one and
/// means the other.
final class Offers {
    private final Map<McpKind, List<Shown>> byKind = new EnumMap<>(McpKind.class);
    private final Map<McpKind, Map<String, Shown>> byName = new EnumMap<>(McpKind.class);
    private final List<Covered> templates = new ArrayList<>();

    /// @param name what clients call it: a prompt's name, a URI, a URI template
    record Shown(String name, Listing.Listed listed) {
        /// What the engine calls it.
        String tool() {
            return listed.name();
        }

        McpKind kind() {
            return listed.definition().template() instanceof CallTemplate.Mcp mcp ? mcp.kind() : McpKind.TOOL;
        }
    }

    private record Covered(UriTemplate uris, Shown shown) {}

    private Offers() {}

    static Offers of(Listing listing) {
        Offers offers = new Offers();
        for (McpKind kind : McpKind.values()) {
            offers.byKind.put(kind, new ArrayList<>());
            offers.byName.put(kind, new HashMap<>());
        }
        Map<String, Integer> claims = new HashMap<>();
        for (Listing.Listed listed : listing.offers()) {
            if (listed.definition().template() instanceof CallTemplate.Mcp mcp) {
                claims.merge(mcp.kind().prefix() + mcp.tool(), 1, Integer::sum);
            }
        }
        for (Listing.Listed listed : listing.offers()) {
            if (listed.definition().template() instanceof CallTemplate.Mcp mcp) {
                boolean alone = claims.getOrDefault(mcp.kind().prefix() + mcp.tool(), 1) == 1;
                offers.add(mcp, new Shown(name(mcp, listed, alone), listed));
            }
        }
        return offers;
    }

    private static String name(CallTemplate.Mcp mcp, Listing.Listed listed, boolean alone) {
        ToolName name = listed.definition().name();
        if (mcp.kind() == McpKind.PROMPT) {
            String bare = mcp.kind().bare(name.name());
            return listed.name().equals(name.text()) ? name.source() + "." + bare : bare;
        }
        return alone ? mcp.tool() : "toolkeep:" + name.source() + ":" + mcp.tool();
    }

    private void add(CallTemplate.Mcp mcp, Shown shown) {
        byKind.getOrDefault(mcp.kind(), List.of()).add(shown);
        byName.getOrDefault(mcp.kind(), Map.of()).put(shown.name(), shown);
        if (mcp.kind() == McpKind.TEMPLATE) {
            try {
                templates.add(new Covered(UriTemplate.of(mcp.tool()), shown));
            } catch (Malformed unreadable) {
                // It is listed and covers nothing: discovery offers no such template.
            }
        }
    }

    List<Shown> all(McpKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    @Nullable
    Shown named(McpKind kind, String name) {
        return byName.getOrDefault(kind, Map.of()).get(name);
    }

    /// The resource of this URI, or the one template that covers it; null when there is neither, or more than one.
    @Nullable
    Shown covering(String uri) {
        Shown resource = named(McpKind.RESOURCE, uri);
        if (resource != null) {
            return resource;
        }
        List<Shown> covering = templates.stream()
                .filter(one -> one.uris().matches(uri))
                .map(Covered::shown)
                .toList();
        return covering.size() == 1 ? covering.getFirst() : null;
    }

    int size() {
        return byName.values().stream().mapToInt(Map::size).sum() + 1;
    }
}
