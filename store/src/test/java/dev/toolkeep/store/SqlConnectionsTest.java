package dev.toolkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.testkit.contract.Samples;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlConnectionsTest {
    @TempDir
    private Path folder;

    @Test
    void everySqliteConnectionIsDurableChecksKeysAndWaitsItsTurn() {
        try (SqlConnections connections = SqlConnections.sqlite(folder)) {
            for (String settings : new String[] {
                connections.read(SqlConnectionsTest::settings), connections.write(SqlConnectionsTest::settings)
            }) {
                // synchronous 2 is FULL: a commit is on the disk when it returns.
                assertThat(settings).isEqualTo("journal_mode=wal synchronous=2 foreign_keys=1 busy_timeout=5000");
            }
        }
    }

    private static String settings(Handle handle) {
        StringBuilder all = new StringBuilder();
        for (String name : new String[] {"journal_mode", "synchronous", "foreign_keys", "busy_timeout"}) {
            all.append(name)
                    .append('=')
                    .append(handle.createQuery("pragma " + name)
                            .mapTo(String.class)
                            .one())
                    .append(' ');
        }
        return all.toString().strip();
    }

    @Test
    void aConnectionForReadingCannotWrite() {
        try (SqlConnections connections = SqlConnections.sqlite(folder)) {
            connections.write(handle -> handle.execute("create table t (a text)"));

            assertThatThrownBy(() -> connections.read(handle -> handle.execute("insert into t values ('x')")))
                    .isInstanceOf(StoreUnusable.class);

            assertThat(connections.<Integer>read(handle -> handle.createQuery("select count(*) from t")
                            .mapTo(Integer.class)
                            .one()))
                    .isZero();
        }
    }

    @Test
    void anExceptionOfOursComesOutAsItIsAndUndoesTheTransaction() {
        try (SqlConnections connections = SqlConnections.sqlite(folder)) {
            connections.write(handle -> handle.execute("create table t (a text)"));
            IllegalArgumentException ours = new IllegalArgumentException("ours");

            assertThatThrownBy(() -> connections.write(handle -> {
                        handle.execute("insert into t values ('x')");
                        throw ours;
                    }))
                    .isSameAs(ours);

            assertThat(connections.<Integer>read(handle -> handle.createQuery("select count(*) from t")
                            .mapTo(Integer.class)
                            .one()))
                    .isZero();
        }
    }

    @Test
    void aClosedStoreSaysThatItIsClosed() {
        SqlStore store = SqlStore.sqlite(folder);
        store.close();

        assertThatThrownBy(() -> store.catalog().sources())
                .isInstanceOf(StoreUnusable.class)
                .hasMessageEndingWith(SqlStore.FILE + " is closed.");
        assertThatThrownBy(() -> store.catalog().save(Samples.source("pets"))).isInstanceOf(StoreUnusable.class);
    }

    @Test
    void textThatADatabaseWouldChangeIsRefused() {
        try (SqlStore store = SqlStore.sqlite(folder)) {
            for (String text : new String[] {"a\u0000b", "half \ud83d", "\ude00 half", "\ud83d\ud83d\ude00"}) {
                assertThatThrownBy(() -> store.policies().save(new PolicyText(1, text, "eve", Samples.NOON)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("cannot be stored");
            }
            assertThat(store.policies().current()).isEmpty();
        }
    }
}
