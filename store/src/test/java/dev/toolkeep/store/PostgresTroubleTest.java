package dev.toolkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.secret.Secret;
import dev.toolkeep.testkit.contract.Samples;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.Running.class)
class PostgresTroubleTest {
    @Test
    void aServerThatIsNotThereIsOneClearSentenceWithoutThePassword() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/keep?user=eve&password=opensesame";

        assertThatThrownBy(() -> SqlStore.postgres(url, "", Secret.of("")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessage("PostgreSQL database keep at 127.0.0.1 cannot be reached; check that it runs and that the"
                        + " URL is right.");
    }

    @Test
    void aUrlOfAnotherKindIsRefusedWithoutRepeatingIt() {
        for (String url : new String[] {"", "jdbc:mysql://eve:opensesame@db/keep", "postgres://eve:opensesame@db"}) {
            assertThatThrownBy(() -> SqlStore.postgres(url, "", Secret.of("")))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessageContaining("jdbc:postgresql://")
                    .hasMessageNotContaining("opensesame")
                    .hasNoCause();
        }
    }

    @Test
    void anUnknownUserIsOneClearSentence(Postgres postgres) {
        assertThatThrownBy(() -> SqlStore.postgres(postgres.url("nobody", "postgres"), "", Secret.of("x")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("refuses our user or password");
    }

    @Test
    void aDatabaseThatDoesNotExistIsOneClearSentence(Postgres postgres) {
        assertThatThrownBy(() -> SqlStore.postgres(postgres.url("postgres", "nowhere"), "", Secret.of("")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("database nowhere", "does not exist");
    }

    @Test
    void aUserWithoutRightsIsOneClearSentence(Postgres postgres) throws Exception {
        String url = postgres.emptyDatabase();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create role visitor login");
        }

        assertThatThrownBy(() -> SqlStore.postgres(url, "visitor", Secret.of("")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("grant it the schema");
    }

    @Test
    void connectionsThatTheServerCutAreReplaced(Postgres postgres) throws Exception {
        String url = postgres.emptyDatabase();
        try (SqlStore store = SqlStore.postgres(url, "", Secret.of(""))) {
            store.catalog().save(Samples.source("pets"));
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'toolkeep' and datname = current_database()");
            }

            Awaitility.await()
                    .ignoreExceptionsInstanceOf(StoreUnusable.class)
                    .untilAsserted(() -> assertThat(store.catalog().sources()).containsExactly(Samples.source("pets")));
        }
    }
}
