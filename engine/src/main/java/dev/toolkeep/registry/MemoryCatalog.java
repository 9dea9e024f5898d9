package dev.toolkeep.registry;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Definitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A catalog that lives as long as the process: for tests, benchmarks and embedded use. Thread-safe.
public final class MemoryCatalog implements Catalog {
    private final Map<String, Source> sources = new TreeMap<>();
    private final Map<Digest, ToolVersion> versions = new LinkedHashMap<>();
    private final Map<ToolName, Standing> standings = new TreeMap<>();

    @Override
    public synchronized List<Source> sources() {
        return List.copyOf(sources.values());
    }

    @Override
    public synchronized void save(Source source) {
        sources.put(source.name(), source);
    }

    @Override
    public synchronized void removeSource(String name) {
        sources.remove(name);
        standings.keySet().removeIf(tool -> tool.source().equals(name));
    }

    @Override
    public synchronized Optional<ToolVersion> version(Digest digest) {
        return Optional.ofNullable(versions.get(digest));
    }

    @Override
    public synchronized Map<Digest, ToolVersion> versions(Collection<Digest> digests) {
        Map<Digest, ToolVersion> found = new LinkedHashMap<>();
        for (Digest digest : digests) {
            ToolVersion version = versions.get(digest);
            if (version != null) {
                found.put(digest, version);
            }
        }
        return found;
    }

    @Override
    public synchronized List<ToolVersion> versions(ToolName tool) {
        List<ToolVersion> found = new ArrayList<>();
        for (ToolVersion version : versions.values()) {
            if (version.definition().name().equals(tool)) {
                found.add(version);
            }
        }
        found.sort(Comparator.comparing(ToolVersion::seen)
                .thenComparing(version -> version.digest().text()));
        return List.copyOf(found);
    }

    @Override
    public synchronized void saveVersions(Collection<ToolVersion> added) {
        for (ToolVersion version : added) {
            if (!Definitions.digest(version.definition()).equals(version.digest())) {
                throw new IllegalArgumentException(
                        "the definition of " + version.definition().name() + " does not have the digest it came with");
            }
        }
        added.forEach(version -> versions.putIfAbsent(version.digest(), version));
    }

    @Override
    public synchronized List<Standing> standings() {
        return List.copyOf(standings.values());
    }

    @Override
    public synchronized void saveStandings(Collection<Standing> changed) {
        changed.forEach(this::requireKept);
        changed.forEach(standing -> standings.put(standing.tool(), standing));
    }

    private void requireKept(Standing standing) {
        if (!sources.containsKey(standing.tool().source())) {
            throw new IllegalStateException("the source of " + standing.tool() + " is not kept any more");
        }
        for (Digest digest : standing.versions()) {
            if (!versions.containsKey(digest)) {
                throw new IllegalStateException(
                        "version " + digest.brief() + " of " + standing.tool() + " was never saved");
            }
        }
    }
}
