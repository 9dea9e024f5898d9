package dev.toolkeep.store;

import dev.toolkeep.policy.Policies;
import dev.toolkeep.policy.PolicyText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The table `policies`.
final class SqlPolicies implements Policies {
    private static final String NEWEST_FIRST =
            "select revision, yaml, saved_by, saved_at from policies order by revision desc limit ";

    private final SqlConnections connections;

    SqlPolicies(SqlConnections connections) {
        this.connections = connections;
    }

    @Override
    public Optional<PolicyText> current() {
        return newest(1).stream().findFirst();
    }

    @Override
    public List<PolicyText> history() {
        return newest(100);
    }

    private List<PolicyText> newest(int count) {
        return connections.read(handle -> handle.createQuery(NEWEST_FIRST + count)
                .map((row, context) -> policy(row))
                .list());
    }

    @Override
    public void save(PolicyText text) {
        int saved;
        try {
            saved = connections.write(handle -> handle.createUpdate("""
                            insert into policies (revision, yaml, saved_by, saved_at)
                            select next.revision, :yaml, :by, :at
                            from (select coalesce(max(revision), 0) + 1 as revision from policies) as next
                            where next.revision = :revision""")
                    .bind("revision", text.revision())
                    .bind("yaml", SqlValues.text(text.yaml()))
                    .bind("by", SqlValues.text(text.by()))
                    .bind("at", text.at().toEpochMilli())
                    .execute());
        } catch (StoreUnusable e) {
            if (!SqlFailures.duplicate(e)) {
                throw e;
            }
            saved = 0;
        }
        if (saved == 0) {
            throw new IllegalStateException("somebody else saved the policy meanwhile: revision " + text.revision()
                    + " does not follow the current one");
        }
    }

    private static PolicyText policy(ResultSet row) throws SQLException {
        return new PolicyText(
                row.getLong("revision"),
                row.getString("yaml"),
                row.getString("saved_by"),
                SqlValues.instant(row.getLong("saved_at")));
    }
}
