package dev.toolkeep.registry;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A catalog whose store somebody edited: one version comes back with another definition under its old digest.
final class EditedCatalog implements Catalog {
    private final Catalog honest;
    private final ToolVersion edited;

    EditedCatalog(Catalog honest, ToolVersion edited) {
        this.honest = honest;
        this.edited = edited;
    }

    @Override
    public List<Source> sources() {
        return honest.sources();
    }

    @Override
    public void save(Source source) {
        honest.save(source);
    }

    @Override
    public void removeSource(String name) {
        honest.removeSource(name);
    }

    @Override
    public Optional<ToolVersion> version(Digest digest) {
        return digest.equals(edited.digest()) ? Optional.of(edited) : honest.version(digest);
    }

    @Override
    public Map<Digest, ToolVersion> versions(Collection<Digest> digests) {
        Map<Digest, ToolVersion> versions = new LinkedHashMap<>(honest.versions(digests));
        versions.replace(edited.digest(), edited);
        return versions;
    }

    @Override
    public List<ToolVersion> versions(ToolName tool) {
        return honest.versions(tool);
    }

    @Override
    public void saveVersions(Collection<ToolVersion> versions) {
        honest.saveVersions(versions);
    }

    @Override
    public List<Standing> standings() {
        return honest.standings();
    }

    @Override
    public void saveStandings(Collection<Standing> standings) {
        honest.saveStandings(standings);
    }
}
