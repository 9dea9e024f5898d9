package dev.toolkeep.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// Brings a database's schema up to this program's. Released migrations are never edited: each has a checksum that is
/// compared at every start.
final class SqlMigrations {
    private SqlMigrations() {}

    static void run(SqlConnections connections) {
        try {
            Flyway flyway = Flyway.configure(SqlMigrations.class.getClassLoader())
                    .dataSource(connections.plain())
                    .locations("classpath:dev/toolkeep/store/migration")
                    .table("schema_history")
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .loggers("slf4j")
                    .load();
            refuseNewer(flyway, connections);
            flyway.migrate();
        } catch (FlywayException e) {
            throw explained(e, connections);
        }
    }

    /// Flyway itself would carry on with a schema it does not know.
    private static void refuseNewer(Flyway flyway, SqlConnections connections) {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (!applied.getState().isResolved()) {
                throw new StoreUnusable(connections.failures().place() + " was written by a newer Toolkeep (schema "
                        + applied.getVersion() + "); start that version, or restore an older backup.");
            }
        }
    }

    private static RuntimeException explained(FlywayException e, SqlConnections connections) {
        RuntimeException known = connections.failures().explained(e);
        return known instanceof StoreUnusable
                ? known
                : new StoreUnusable(
                        connections.failures().place()
                                + " holds other tables than Toolkeep's, or its schema was changed by"
                                + " hand; give Toolkeep a database or schema of its own.",
                        e);
    }
}
