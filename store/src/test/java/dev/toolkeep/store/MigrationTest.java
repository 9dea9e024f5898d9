package dev.toolkeep.store;

import static dev.toolkeep.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.StoredKey;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Opens a database as every released version left it. The rows in `v1.sql` are frozen: they are what version 1 wrote,
/// and stay so whatever later versions write.
@ExtendWith(Postgres.Running.class)
class MigrationTest {
    @TempDir
    private Path folder;

    @Test
    void aSqliteFileOfVersion1OpensWithAllItHolds() throws Exception {
        writtenByVersion1(sqliteUrl());

        try (SqlStore store = SqlStore.sqlite(folder)) {
            assertHoldsVersion1(store);
        }
    }

    @Test
    void aPostgresDatabaseOfVersion1OpensWithAllItHolds(Postgres postgres) throws Exception {
        String url = postgres.emptyDatabase();
        writtenByVersion1(url);

        try (SqlStore store = SqlStore.postgres(url, "", Secret.of(""))) {
            assertHoldsVersion1(store);
        }
    }

    private static void writtenByVersion1(String url) throws SQLException, IOException {
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:dev/toolkeep/store/migration")
                .table("schema_history")
                .target("1")
                .loggers("slf4j")
                .load()
                .migrate();
        try (InputStream rows = MigrationTest.class.getResourceAsStream("v1.sql")) {
            assertThat(rows).isNotNull();
            for (String sql : new String(rows.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                if (!sql.isBlank()) {
                    execute(url, sql);
                }
            }
        }
    }

    private static void assertHoldsVersion1(SqlStore store) {
        Digest digest = new Digest("sha256:e3244be9da41e8fcea0a6ce9b200f94fab0e2f5df6ba5406c567193aa358ce3b");
        assertThat(store.catalog().sources())
                .containsExactly(
                        new Source(
                                "files",
                                new Origin.Mcp(new McpServer.Stdio(List.of("npx", "-y", "x"), Map.of("A", "${B}"), "")),
                                Reach.PUBLIC,
                                NOON),
                        new Source(
                                "pets",
                                new Origin.OpenApi("https://pets.example/openapi.json", "https://api.pets.example"),
                                new Reach(Set.of("10.0.0.0/8", "localhost:9000")),
                                NOON));
        ToolVersion version = store.catalog().version(digest).orElseThrow();
        assertThat(version.definition().name()).isEqualTo(ToolName.parse("pets.list"));
        assertThat(version.definition().description()).isEqualTo("Lists päts");
        assertThat(version.seen()).isEqualTo(NOON);
        assertThat(store.catalog().standings())
                .containsExactly(new Standing(
                        ToolName.parse("pets.list"),
                        digest,
                        new Standing.Approval(digest, "eve", NOON, NOON.plusSeconds(1)),
                        digest,
                        new Standing.Hold("eve", NOON, "resting"),
                        "flagged"));
        assertThat(store.callers().callers())
                .containsExactly(Caller.of("ada", Caller.Kind.AGENT, Set.of("agent"), Set.of("pets:read")));
        assertThat(store.callers().keys())
                .containsExactly(new StoredKey("k1", "ada", "00ff", NOON, NOON.plusSeconds(1), NOON.plusSeconds(2)));
        assertThat(store.policies().current()).contains(new PolicyText(1, "rules: []\n", "eve", NOON));
        assertThat(store.sealedSecrets().all()).singleElement().satisfies(secret -> {
            assertThat(secret.name() + " " + secret.grant()).isEqualTo("KEY source:pets");
            assertThat(secret.ciphertext()).containsExactly(1, 2, 3);
            assertThat(secret.created()).isEqualTo(NOON);
        });
    }

    @Test
    void aReleasedMigrationIsNeverEdited() {
        SqlStore.sqlite(folder).close();

        List<String> released = List.of("1 V1__tables.sql -2122618553", "2 V2__toolsets.sql 507745636");

        assertThat(Arrays.stream(Flyway.configure()
                                .dataSource(sqliteUrl(), "", "")
                                .locations("classpath:dev/toolkeep/store/migration")
                                .table("schema_history")
                                .loggers("slf4j")
                                .load()
                                .info()
                                .all())
                        .map(info -> info.getVersion() + " " + info.getScript() + " " + info.getChecksum()))
                .containsExactlyElementsOf(released);
    }

    @Test
    void aFileOfANewerProgramIsRefusedAndLeftAlone() throws Exception {
        SqlStore.sqlite(folder).close();
        newerProgramRan(sqliteUrl());

        assertThatThrownBy(() -> SqlStore.sqlite(folder))
                .isInstanceOf(StoreUnusable.class)
                .hasMessage("The data file " + folder.resolve(SqlStore.FILE) + " was written by a newer Toolkeep"
                        + " (schema 99); start that version, or restore an older backup.");
    }

    @Test
    void aPostgresDatabaseOfANewerProgramIsRefused(Postgres postgres) throws Exception {
        String url = postgres.emptyDatabase();
        SqlStore.postgres(url, "", Secret.of("")).close();
        newerProgramRan(url);

        assertThatThrownBy(() -> SqlStore.postgres(url, "", Secret.of("")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("was written by a newer Toolkeep (schema 99)");
    }

    private static void newerProgramRan(String url) throws SQLException {
        execute(
                url,
                "insert into schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, installed_on, execution_time, success)"
                        + " select 99, '99', 'later', type, 'V99__later.sql', 1, installed_by, installed_on, 1, success"
                        + " from schema_history where version = '1'");
    }

    @Test
    void aSchemaChangedByHandIsRefused() throws Exception {
        SqlStore.sqlite(folder).close();
        execute(sqliteUrl(), "update schema_history set checksum = 1 where version = '1'");

        assertThatThrownBy(() -> SqlStore.sqlite(folder))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("changed by hand");
    }

    @Test
    void somebodyElsesDatabaseIsRefusedAndLeftAlone() throws Exception {
        execute(sqliteUrl(), "create table recipes (name text)");

        assertThatThrownBy(() -> SqlStore.sqlite(folder))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("other tables than Toolkeep's");

        execute(sqliteUrl(), "insert into recipes values ('soup')");
        assertThatThrownBy(() -> execute(sqliteUrl(), "select * from sources")).isInstanceOf(SQLException.class);
    }

    private String sqliteUrl() {
        return "jdbc:sqlite:" + folder.resolve(SqlStore.FILE);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
