package dev.toolkeep.registry;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where sources, versions and standings are kept. Every method is atomic. Versions are only ever added: saving one
/// that is there changes nothing, and removing a source or a standing leaves its versions. Times are kept to the
/// millisecond.
public interface Catalog {
    /// By name.
    List<Source> sources();

    /// Replaces the one of this name and leaves its tools' standings as they are.
    void save(Source source);

    /// Removes the source and the standings of its tools.
    void removeSource(String name);

    Optional<ToolVersion> version(Digest digest);

    /// Those of these versions that are kept, read at one go.
    Map<Digest, ToolVersion> versions(Collection<Digest> digests);

    /// Every version of one tool, oldest first.
    List<ToolVersion> versions(ToolName tool);

    /// Adds those that are not there, all or none.
    ///
    /// @throws IllegalArgumentException when a definition does not have the digest it comes with
    void saveVersions(Collection<ToolVersion> versions);

    /// By tool name.
    List<Standing> standings();

    /// Replaces these tools' standings, all or none.
    ///
    /// @throws IllegalStateException when a standing names a source or a version that is not kept: somebody removed
    ///     the source meanwhile
    void saveStandings(Collection<Standing> standings);
}
