package dev.toolkeep.registry;

import dev.toolkeep.registry.DriftReport.Refused;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Definitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a source offers, once everything is gone that could pass for something else: tools of another source's name,
/// templates this kind of source may never give, and names that cannot be told apart.
///
/// @param versions one a tool, by name
record Offered(Map<ToolName, ToolVersion> versions, List<Refused> refused) {
    /// Among names that are the same once folded, the ones in `approved` stay; nobody can push an approved tool out
    /// by offering a twin.
    static Offered of(Source source, List<ToolDefinition> definitions, Set<ToolName> approved, Instant now) {
        List<Refused> refused = new ArrayList<>();
        Map<ToolName, ToolVersion> single = singles(source, definitions, refused, now);
        Map<String, List<ToolName>> byFold = new HashMap<>();
        for (ToolName name : single.keySet()) {
            byFold.computeIfAbsent(LookAlikes.fold(name.name()), key -> new ArrayList<>())
                    .add(name);
        }
        for (List<ToolName> twins : byFold.values()) {
            if (twins.size() > 1) {
                refuseTwins(twins, approved, single, refused);
            }
        }
        refused.sort(Comparator.comparing(Refused::tool));
        return new Offered(single, refused);
    }

    private static Map<ToolName, ToolVersion> singles(
            Source source, List<ToolDefinition> definitions, List<Refused> refused, Instant now) {
        Map<ToolName, ToolVersion> single = new TreeMap<>();
        Set<ToolName> ambiguous = new HashSet<>();
        for (ToolDefinition definition : definitions) {
            String forbidden = forbidden(source, definition);
            if (!forbidden.isEmpty()) {
                refused.add(new Refused(definition.name(), forbidden));
                continue;
            }
            Digest digest = Definitions.digest(definition);
            ToolVersion before = single.putIfAbsent(definition.name(), new ToolVersion(digest, definition, now));
            if (before != null && !before.digest().equals(digest)) {
                ambiguous.add(definition.name());
            }
        }
        for (ToolName name : ambiguous) {
            single.remove(name);
            refused.add(new Refused(name, "the source offers two different tools of this name"));
        }
        return single;
    }

    private static void refuseTwins(
            List<ToolName> twins, Set<ToolName> approved, Map<ToolName, ToolVersion> single, List<Refused> refused) {
        for (ToolName twin : twins) {
            if (!approved.contains(twin)) {
                ToolName other = twins.getFirst().equals(twin) ? twins.get(1) : twins.getFirst();
                single.remove(twin);
                refused.add(new Refused(twin, "its name is that of " + other + " in other letters' case"));
            }
        }
    }

    /// Why this source may not offer this at all; empty when it may.
    private static String forbidden(Source source, ToolDefinition definition) {
        if (!definition.name().source().equals(source.name())) {
            return "it is named as a tool of another source";
        }
        Origin origin = source.origin();
        return switch (definition.template()) {
            case CallTemplate.DirectCall ignored
            when !(origin instanceof Origin.Builtin) -> "only the program itself may offer its own methods";
            case CallTemplate.Builtin ignored
            when !(origin instanceof Origin.Builtin) -> "only the program itself may offer its own functions";
            case CallTemplate.Mcp mcp
            when origin instanceof Origin.Mcp own && !own.server().equals(mcp.server()) ->
                "it is a tool of another MCP server than its source";
            case CallTemplate.Mcp mcp
            when mcp.server() instanceof McpServer.Stdio && !(origin instanceof Origin.Mcp) ->
                "only an operator may name a command to run";
            default -> "";
        };
    }
}
