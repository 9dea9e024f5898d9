package dev.toolkeep.store;

import dev.toolkeep.caller.Callers;
import dev.toolkeep.policy.Policies;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.toolset.Toolsets;
import dev.toolkeep.vault.SealedSecrets;
import java.nio.file.Path;

/// The one database of a server: a SQLite file in its data folder, or PostgreSQL. Opening it brings its schema up to
/// this program's, forward only. Thread-safe; every method of what it hands out blocks and is atomic and durable when
/// it returns, and throws [StoreUnusable] when the database fails.
public final class SqlStore implements AutoCloseable {
    /// The SQLite file's name in the data folder.
    public static final String FILE = "toolkeep.db";

    private final SqlConnections connections;
    private final Catalog catalog;

    private SqlStore(SqlConnections connections) {
        this.connections = connections;
        this.catalog = new SqlCatalog(connections);
    }

    /// Opens `folder/toolkeep.db`, making the folder (mode 0700) and the file (mode 0600) when they are not there. An
    /// older file that others could read is closed to them.
    ///
    /// @throws StoreUnusable when the folder cannot be written, the file is damaged or not ours, or a newer program
    ///     wrote it
    public static SqlStore sqlite(Path folder) {
        return migrated(SqlConnections.sqlite(folder));
    }

    /// Opens a PostgreSQL database, whose schema must be empty or ours.
    ///
    /// @param jdbcUrl `jdbc:postgresql://host:port/database?…`
    /// @param user empty: as the URL or the environment says
    /// @param password empty: as the URL or the environment says (`PGPASSFILE`); it is not wiped
    /// @throws StoreUnusable when it cannot be reached, refuses us, or a newer program wrote it
    public static SqlStore postgres(String jdbcUrl, String user, Secret password) {
        return migrated(SqlConnections.postgres(jdbcUrl, user, password));
    }

    private static SqlStore migrated(SqlConnections connections) {
        try {
            SqlMigrations.run(connections);
            return new SqlStore(connections);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    public Callers callers() {
        return new SqlCallers(connections);
    }

    public Policies policies() {
        return new SqlPolicies(connections);
    }

    public SealedSecrets sealedSecrets() {
        return new SqlSealedSecrets(connections);
    }

    public Toolsets toolsets() {
        return new SqlToolsets(connections);
    }

    /// Ends every connection. What was handed out is unusable afterwards.
    @Override
    public void close() {
        connections.close();
    }
}
