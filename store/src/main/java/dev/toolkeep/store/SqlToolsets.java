package dev.toolkeep.store;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.toolset.Toolset;
import dev.toolkeep.toolset.Toolsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/// The table `toolsets`.
final class SqlToolsets implements Toolsets {
    private final SqlConnections connections;

    SqlToolsets(SqlConnections connections) {
        this.connections = connections;
    }

    @Override
    public List<Toolset> all() {
        return connections.read(handle -> handle
                .createQuery("select name, title, sources, tools, tags, saved_by, saved_at from toolsets")
                .map((row, context) -> toolset(row))
                .stream()
                .sorted(Comparator.comparing(Toolset::name))
                .toList());
    }

    @Override
    public void save(Toolset toolset) {
        Toolset.Selection selection = toolset.selection();
        connections.write(handle -> handle.createUpdate("""
                        insert into toolsets (name, title, sources, tools, tags, saved_by, saved_at)
                        values (:name, :title, :sources, :tools, :tags, :by, :at)
                        on conflict (name) do update set
                            title = excluded.title, sources = excluded.sources, tools = excluded.tools,
                            tags = excluded.tags, saved_by = excluded.saved_by, saved_at = excluded.saved_at""")
                .bind("name", toolset.name())
                .bind("title", SqlValues.text(toolset.title()))
                .bind("sources", SqlValues.texts(selection.sources()))
                .bind(
                        "tools",
                        SqlValues.texts(selection.tools().stream()
                                .map(ToolPattern::text)
                                .toList()))
                .bind("tags", SqlValues.texts(selection.tags()))
                .bind("by", SqlValues.text(toolset.by()))
                .bind("at", toolset.at().toEpochMilli())
                .execute());
    }

    @Override
    public void remove(String name) {
        connections.write(handle -> handle.createUpdate("delete from toolsets where name = :name")
                .bind("name", name)
                .execute());
    }

    private static Toolset toolset(ResultSet row) throws SQLException {
        String name = row.getString("name");
        return SqlRow.readable(
                "toolset " + name,
                () -> new Toolset(
                        name,
                        row.getString("title"),
                        new Toolset.Selection(
                                SqlValues.texts(row.getString("sources")),
                                SqlValues.texts(row.getString("tools")).stream()
                                        .map(ToolPattern::new)
                                        .toList(),
                                SqlValues.texts(row.getString("tags"))),
                        row.getString("saved_by"),
                        SqlValues.instant(row.getLong("saved_at"))));
    }
}
