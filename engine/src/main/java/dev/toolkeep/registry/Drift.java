package dev.toolkeep.registry;

import dev.toolkeep.registry.DriftReport.Renamed;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What follows when a source is read again: the report, the standings that change, and the versions to keep. Nothing
/// is approved by it, ever: a new tool waits, a changed one rests until a person decides, and a removed one that
/// comes back is callable only if it is exactly what was approved.
///
/// @param standings only those that differ from before
/// @param versions of every tool that is new or changed
public record Drift(DriftReport report, List<Standing> standings, List<ToolVersion> versions) {
    public Drift {
        standings = List.copyOf(standings);
        versions = List.copyOf(versions);
    }

    /// Reads `catalog` and changes nothing in it; whoever calls saves the versions first, then the standings.
    ///
    /// @param offered all that `source` offers now; never call this when reading the source failed, for it would
    ///     look as if it offered nothing
    public static Drift apply(Source source, List<ToolDefinition> offered, Catalog catalog, Instant now) {
        return new Comparison(source, catalog).compare(offered, now);
    }

    private static final class Comparison {
        private final Source source;
        private final Catalog catalog;
        private final List<ToolName> elsewhere = new ArrayList<>();
        private final Map<ToolName, Standing> before = new TreeMap<>();
        private final Map<ToolName, Standing> after = new TreeMap<>();
        private final List<ToolName> added = new ArrayList<>();
        private final List<ToolName> changed = new ArrayList<>();
        private final List<ToolName> removed = new ArrayList<>();
        private final List<ToolName> unchanged = new ArrayList<>();

        Comparison(Source source, Catalog catalog) {
            this.source = source;
            this.catalog = catalog;
            for (Standing standing : catalog.standings()) {
                if (standing.tool().source().equals(source.name())) {
                    before.put(standing.tool(), standing);
                } else {
                    elsewhere.add(standing.tool());
                }
            }
        }

        Drift compare(List<ToolDefinition> definitions, Instant now) {
            Offered offered = Offered.of(source, definitions, approved(), now);
            offered.versions().forEach(this::offer);
            before.forEach((name, standing) -> {
                if (!offered.versions().containsKey(name) && standing.offered() != null) {
                    removed.add(name);
                    after.put(name, standing.offering(null));
                }
            });
            List<ToolVersion> versions = new ArrayList<>();
            added.forEach(name -> versions.add(offered.versions().get(name)));
            changed.forEach(name -> versions.add(offered.versions().get(name)));
            flag(versions, offered.versions().keySet());
            List<Renamed> renamed = renamed(offered.versions());
            return new Drift(
                    new DriftReport(added, changed, removed, renamed, unchanged, offered.refused()),
                    List.copyOf(after.values()),
                    versions);
        }

        private Set<ToolName> approved() {
            Set<ToolName> approved = new HashSet<>();
            before.forEach((name, standing) -> {
                if (standing.approval() != null) {
                    approved.add(name);
                }
            });
            return approved;
        }

        private void offer(ToolName name, ToolVersion version) {
            Standing standing = before.get(name);
            if (standing == null) {
                added.add(name);
                after.put(name, Standing.first(name, version.digest(), ""));
            } else if (version.digest().equals(standing.offered())) {
                unchanged.add(name);
            } else {
                (standing.offered() == null ? added : changed).add(name);
                after.put(name, standing.offering(version.digest()));
            }
        }

        private void flag(Collection<ToolVersion> versions, Collection<ToolName> offered) {
            if (versions.isEmpty()) {
                return;
            }
            Flags flags = new Flags(source.name(), offered, elsewhere);
            for (ToolVersion version : versions) {
                ToolName name = version.definition().name();
                after.computeIfPresent(name, (key, standing) -> standing.flagged(flags.of(version.definition())));
            }
        }

        /// Pairs what is gone with what is new and the same but for its name, and takes both out of their lists.
        private List<Renamed> renamed(Map<ToolName, ToolVersion> offered) {
            if (removed.isEmpty() || added.isEmpty()) {
                return List.of();
            }
            Map<Digest, List<ToolName>> gone = gone();
            List<Renamed> renamed = new ArrayList<>();
            for (ToolName name : List.copyOf(added)) {
                ToolVersion version = offered.get(name);
                List<ToolName> same = version == null || before.containsKey(name)
                        ? List.of()
                        : gone.getOrDefault(Nameless.digest(version.definition()), List.of());
                if (!same.isEmpty()) {
                    ToolName from = same.removeFirst();
                    renamed.add(new Renamed(from, name));
                    removed.remove(from);
                    added.remove(name);
                    after.computeIfPresent(
                            name, (key, standing) -> standing.flagged(Flags.joined(standing.flag(), "was " + from)));
                }
            }
            return renamed;
        }

        private Map<Digest, List<ToolName>> gone() {
            Map<Digest, ToolName> versions = new LinkedHashMap<>();
            for (ToolName name : removed) {
                Standing standing = before.get(name);
                Digest digest = standing == null ? null : standing.offered();
                if (digest != null) {
                    versions.put(digest, name);
                }
            }
            Map<Digest, List<ToolName>> gone = new LinkedHashMap<>();
            catalog.versions(versions.keySet()).values().forEach(version -> {
                ToolName name = version.definition().name();
                if (name.equals(versions.get(version.digest()))) {
                    gone.computeIfAbsent(Nameless.digest(version.definition()), key -> new ArrayList<>())
                            .add(name);
                }
            });
            return gone;
        }
    }
}
