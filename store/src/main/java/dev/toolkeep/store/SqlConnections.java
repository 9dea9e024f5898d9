package dev.toolkeep.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.toolkeep.secret.Secret;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The pools of one database. SQLite has one writer, so there writes share one connection and reads have a small pool
/// of their own that cannot write; PostgreSQL has one pool for both.
final class SqlConnections implements AutoCloseable {
    private static final int READERS = 4;
    private static final int POSTGRES_POOL = 10;
    private static final int TRIES = 5;

    private final SqlFailures failures;
    private final DataSource plain;
    private final HikariDataSource forReads;
    private final HikariDataSource forWrites;
    private final Jdbi reads;
    private final Jdbi writes;

    private SqlConnections(
            SqlFailures failures, DataSource plain, HikariDataSource forReads, HikariDataSource forWrites) {
        this.failures = failures;
        this.plain = plain;
        this.forReads = forReads;
        this.forWrites = forWrites;
        this.reads = Jdbi.create(forReads);
        this.writes = Jdbi.create(forWrites);
    }

    static SqlConnections sqlite(Path folder) {
        Path file = SqlFile.prepare(folder);
        SqlFailures failures = SqlFailures.ofFile(file);
        DataSource source = source(file);
        SqlFile.check(source, file, failures);
        HikariConfig reads = pool("toolkeep-read", source, READERS);
        reads.setConnectionInitSql("pragma query_only = on");
        HikariConfig writes = pool("toolkeep-write", source, 1);
        return new SqlConnections(failures, source, new HikariDataSource(reads), new HikariDataSource(writes));
    }

    static SqlConnections postgres(String jdbcUrl, String user, Secret password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(jdbcUrl);
        } catch (RuntimeException e) {
            // The driver's own message would repeat the URL, and a URL may hold a password.
            throw new StoreUnusable("The database URL is not of the form jdbc:postgresql://host:port/database.");
        }
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (password.length() > 0) {
            source.setPassword(password.reveal());
        }
        source.setReWriteBatchedInserts(true);
        source.setApplicationName("toolkeep");
        SqlFailures failures = SqlFailures.ofServer(source);
        HikariDataSource pool = new HikariDataSource(pool("toolkeep", source, POSTGRES_POOL));
        return new SqlConnections(failures, source, pool, pool);
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5000);
        // A transaction that will write takes the lock at once: it waits its turn instead of failing half way.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static HikariConfig pool(String name, DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
        // The pool must not open a connection before the migrations have run.
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /// A data source without a pool, for the migrations.
    DataSource plain() {
        return plain;
    }

    SqlFailures failures() {
        return failures;
    }

    /// Runs `work` on a connection for reading.
    <T> T read(HandleCallback<T, RuntimeException> work) {
        try {
            return reads.withHandle(work);
        } catch (RuntimeException e) {
            throw explained(e);
        }
    }

    /// Runs `work` in one transaction: all of it is durable when this returns, or none of it is there when it throws.
    /// What the database undid because two transactions met is tried again.
    <T> T write(HandleCallback<T, RuntimeException> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return writes.inTransaction(work);
            } catch (RuntimeException e) {
                if (attempt == TRIES || !SqlFailures.undone(e)) {
                    throw explained(e);
                }
            }
        }
    }

    private RuntimeException explained(RuntimeException e) {
        return forWrites.isClosed() ? new StoreUnusable(failures.place() + " is closed.", e) : failures.explained(e);
    }

    @Override
    public void close() {
        forWrites.close();
        forReads.close();
    }
}
