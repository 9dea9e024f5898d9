package dev.toolkeep.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The tables `sources`, `versions` and `standings`. Rows are sorted here, so the order does not hang on a database's
/// collation, and batches are written in that order, so two writers do not lock each other out.
final class SqlCatalog implements Catalog {
    /// How many digests one query names.
    private static final int CHUNK = 1000;

    private static final String VERSION = "select digest, source, tool, definition, seen from versions ";

    private final SqlConnections connections;

    /// Versions whose digest was checked here before, for as long as somebody holds them: the snapshot does, so it is
    /// rebuilt without parsing what did not change. A version never changes, so none of these can be out of date.
    private final Cache<Digest, ToolVersion> checked =
            Caffeine.newBuilder().weakValues().build();

    SqlCatalog(SqlConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<Source> sources() {
        return connections.read(
                handle -> handle
                        .createQuery("select name, origin, reach, added from sources")
                        .map((row, context) -> source(row))
                        .stream()
                        .sorted(Comparator.comparing(Source::name))
                        .toList());
    }

    @Override
    public void save(Source source) {
        connections.write(handle -> handle.createUpdate("""
                        insert into sources (name, origin, reach, added) values (:name, :origin, :reach, :added)
                        on conflict (name) do update set
                            origin = excluded.origin, reach = excluded.reach, added = excluded.added""")
                .bind("name", SqlValues.text(source.name()))
                .bind("origin", SqlDocuments.origin(source.origin()))
                .bind("reach", SqlDocuments.reach(source.reach()))
                .bind("added", source.added().toEpochMilli())
                .execute());
    }

    @Override
    public void removeSource(String name) {
        connections.write(handle -> handle.createUpdate("delete from sources where name = :name")
                .bind("name", name)
                .execute());
    }

    @Override
    public Optional<ToolVersion> version(Digest digest) {
        return Optional.ofNullable(versions(List.of(digest)).get(digest));
    }

    @Override
    public Map<Digest, ToolVersion> versions(Collection<Digest> digests) {
        Map<Digest, ToolVersion> found = new LinkedHashMap<>(checked.getAllPresent(digests));
        List<Digest> missing = digests.stream()
                .filter(digest -> !found.containsKey(digest))
                .distinct()
                .toList();
        for (int from = 0; from < missing.size(); from += CHUNK) {
            List<Digest> chunk = missing.subList(from, Math.min(missing.size(), from + CHUNK));
            List<ToolVersion> read = connections.read(handle -> handle.createQuery(
                            VERSION + "where digest in (<digests>)")
                    .bindList("digests", chunk.stream().map(Digest::text).toList())
                    .map((row, context) -> version(row))
                    .list());
            read.forEach(version -> found.put(version.digest(), version));
            read.forEach(version -> checked.put(version.digest(), version));
        }
        return found;
    }

    @Override
    public List<ToolVersion> versions(ToolName tool) {
        return connections.read(handle -> handle
                .createQuery(VERSION + "where source = :source and tool = :tool")
                .bind("source", tool.source())
                .bind("tool", tool.name())
                .map((row, context) -> version(row))
                .stream()
                .sorted(Comparator.comparing(ToolVersion::seen)
                        .thenComparing(version -> version.digest().text()))
                .toList());
    }

    @Override
    public void saveVersions(Collection<ToolVersion> versions) {
        if (versions.isEmpty()) {
            return;
        }
        connections.write(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    insert into versions (digest, source, tool, definition, seen)
                    values (:digest, :source, :tool, :definition, :seen)
                    on conflict (digest) do nothing""");
            versions.stream()
                    .sorted(Comparator.comparing(version -> version.digest().text()))
                    .forEach(version -> batch.bind("digest", version.digest().text())
                            .bind("source", version.definition().name().source())
                            .bind("tool", version.definition().name().name())
                            .bind("definition", SqlDocuments.definition(version))
                            .bind("seen", version.seen().toEpochMilli())
                            .add());
            return batch.execute();
        });
    }

    @Override
    public List<Standing> standings() {
        return connections.read(
                handle -> handle.createQuery("select * from standings").map((row, context) -> standing(row)).stream()
                        .sorted(Comparator.comparing(Standing::tool))
                        .toList());
    }

    @Override
    public void saveStandings(Collection<Standing> standings) {
        if (standings.isEmpty()) {
            return;
        }
        try {
            connections.write(handle -> saveStandings(handle, standings));
        } catch (StoreUnusable e) {
            if (SqlFailures.missingParent(e)) {
                throw new IllegalStateException("a source or version of these standings is not kept any more", e);
            }
            throw e;
        }
    }

    private static int[] saveStandings(Handle handle, Collection<Standing> standings) {
        lockSources(handle, standings);
        PreparedBatch batch = handle.prepareBatch("""
                insert into standings (source, tool, offered, approved, approved_by, approved_at, approved_till,
                    rejected, held_by, held_at, held_reason, flag)
                values (:source, :tool, :offered, :approved, :approved_by, :approved_at, :approved_till,
                    :rejected, :held_by, :held_at, :held_reason, :flag)
                on conflict (source, tool) do update set
                    offered = excluded.offered, approved = excluded.approved, approved_by = excluded.approved_by,
                    approved_at = excluded.approved_at, approved_till = excluded.approved_till,
                    rejected = excluded.rejected, held_by = excluded.held_by, held_at = excluded.held_at,
                    held_reason = excluded.held_reason, flag = excluded.flag""");
        standings.stream().sorted(Comparator.comparing(Standing::tool)).forEach(standing -> {
            Standing.Approval approval = standing.approval();
            Standing.Hold hold = standing.hold();
            batch.bind("source", standing.tool().source())
                    .bind("tool", standing.tool().name())
                    .bind("offered", text(standing.offered()))
                    .bind(
                            "approved",
                            approval == null ? null : approval.version().text())
                    .bind("approved_by", approval == null ? null : SqlValues.text(approval.by()))
                    .bind(
                            "approved_at",
                            approval == null ? null : (Long) approval.at().toEpochMilli())
                    .bind("approved_till", approval == null ? null : SqlValues.millis(approval.expires()))
                    .bind("rejected", text(standing.rejected()))
                    .bind("held_by", hold == null ? null : SqlValues.text(hold.by()))
                    .bind("held_at", hold == null ? null : (Long) hold.at().toEpochMilli())
                    .bind("held_reason", hold == null ? null : SqlValues.text(hold.reason()))
                    .bind("flag", SqlValues.text(standing.flag()))
                    .add();
        });
        return batch.execute();
    }

    /// Takes the sources before their standings, as removing a source does, so that the two wait for each other and
    /// never in a circle. An update that changes nothing is the row lock both databases know.
    private static void lockSources(Handle handle, Collection<Standing> standings) {
        standings.stream()
                .map(standing -> standing.tool().source())
                .distinct()
                .sorted()
                .forEach(source -> handle.createUpdate("update sources set added = added where name = :name")
                        .bind("name", source)
                        .execute());
    }

    private static @Nullable String text(@Nullable Digest digest) {
        return digest == null ? null : digest.text();
    }

    private static Source source(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return SqlRow.readable(
                "source " + name,
                () -> new Source(
                        name,
                        SqlDocuments.origin(row.getString("origin")),
                        SqlDocuments.reach(row.getString("reach")),
                        SqlValues.instant(row.getLong("added"))));
    }

    private static ToolVersion version(ResultSet row) throws SQLException {
        String source = row.getString("source");
        String tool = row.getString("tool");
        return SqlRow.readable("version of tool " + source + "." + tool, () -> {
            Digest digest = new Digest(row.getString("digest"));
            ToolVersion version = new ToolVersion(
                    digest,
                    SqlDocuments.definition(row.getString("definition"), digest),
                    SqlValues.instant(row.getLong("seen")));
            if (!version.definition().name().equals(new ToolName(source, tool))) {
                throw new IllegalArgumentException("its definition is another tool's");
            }
            return version;
        });
    }

    private static Standing standing(ResultSet row) throws SQLException {
        String source = row.getString("source");
        String tool = row.getString("tool");
        return SqlRow.readable(
                "standing of tool " + source + "." + tool,
                () -> new Standing(
                        new ToolName(source, tool),
                        digest(row, "offered"),
                        approval(row),
                        digest(row, "rejected"),
                        hold(row),
                        row.getString("flag")));
    }

    private static @Nullable Digest digest(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : new Digest(text);
    }

    private static Standing.@Nullable Approval approval(ResultSet row) throws SQLException {
        Digest version = digest(row, "approved");
        return version == null
                ? null
                : new Standing.Approval(
                        version,
                        row.getString("approved_by"),
                        SqlValues.instant(row.getLong("approved_at")),
                        SqlValues.instant(row, "approved_till"));
    }

    private static Standing.@Nullable Hold hold(ResultSet row) throws SQLException {
        String by = row.getString("held_by");
        return by == null
                ? null
                : new Standing.Hold(by, SqlValues.instant(row.getLong("held_at")), row.getString("held_reason"));
    }
}
