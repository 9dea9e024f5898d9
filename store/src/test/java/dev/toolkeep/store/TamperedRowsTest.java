package dev.toolkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.testkit.contract.Samples;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.vault.SealedSecret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TamperedRowsTest {
    private final ToolVersion list = Samples.version("pets.list", "Lists pets");
    private final ToolVersion show = Samples.version("pets.show", "Shows a pet");

    @TempDir
    private Path folder;

    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.sqlite(folder);
        store.catalog().save(Samples.source("pets"));
        store.catalog().saveVersions(List.of(list, show));
        store.catalog().saveStandings(List.of(Samples.standing(list), Samples.standing(show)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEditedDefinitionIsAnErrorThatNamesItsToolWhereverItIsRead() throws SQLException {
        tamper("update versions set definition = replace(definition, 'Lists pets', 'Lists pats') where tool = 'list'");
        Catalog catalog = store.catalog();

        assertNamed("pets.list", () -> catalog.version(list.digest()));
        assertNamed("pets.list", () -> catalog.versions(ToolName.parse("pets.list")));
        assertNamed("pets.list", () -> catalog.versions(List.of(show.digest(), list.digest())));
        assertThat(catalog.version(show.digest())).contains(show);
    }

    @Test
    void aCheckedVersionThatSomebodyHoldsIsNotReadAgain() throws SQLException {
        ToolVersion held = store.catalog().version(list.digest()).orElseThrow();
        tamper("update versions set definition = replace(definition, 'Lists pets', 'Lists pats') where tool = 'list'");

        assertThat(store.catalog().version(list.digest()).orElseThrow()).isSameAs(held);
        assertThat(store.catalog().versions(List.of(list.digest())).get(list.digest()))
                .isSameAs(held);
        try (SqlStore another = SqlStore.sqlite(folder)) {
            assertNamed("pets.list", () -> another.catalog().version(list.digest()));
        }
    }

    @Test
    void aDefinitionUnderAnothersDigestIsAnError() throws SQLException {
        tamper("update versions set definition = (select definition from versions where tool = 'show')"
                + " where tool = 'list'");

        assertNamed("pets.list", () -> store.catalog().version(list.digest()));
    }

    @Test
    void aVersionMovedToAnotherToolIsAnError() throws SQLException {
        tamper("update versions set tool = 'list' where tool = 'show'");

        assertNamed("pets.list", () -> store.catalog().versions(ToolName.parse("pets.list")));
    }

    @Test
    void aDefinitionThatIsNoDefinitionIsAnError() throws SQLException {
        for (String junk : List.of("", "null", "[]", "{}", "{\"name\":\"pets.list\"}", "{\"a\":1,\"a\":2}", "x")) {
            tamper("update versions set definition = '" + junk + "' where tool = 'list'");

            assertNamed("pets.list", () -> store.catalog().version(list.digest()));
        }
    }

    @Test
    void everyOtherRowThatIsNoLongerReadableIsAnErrorThatNamesIt() throws SQLException {
        store.callers().save(Caller.of("ada", Caller.Kind.AGENT, Set.of(), Set.of()));
        store.sealedSecrets().save(new SealedSecret("KEY", "source:pets", new byte[] {1}, Samples.NOON));
        tamper("update callers set kind = 'EMPEROR'");
        tamper("update sealed_secrets set ciphertext = '***'");
        tamper("update sources set origin = '{\"kind\":\"carrier-pigeon\"}'");
        tamper("update standings set source = source, tool = 'no such name!' where tool = 'list'");

        assertNamed("caller ada", () -> store.callers().callers());
        assertNamed("secret KEY", () -> store.sealedSecrets().all());
        assertNamed("source pets", () -> store.catalog().sources());
        assertNamed("no such name!", () -> store.catalog().standings());
    }

    private void tamper(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SqlStore.FILE));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static void assertNamed(String name, ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining(name)
                .hasMessageContaining("is not what was saved");
    }
}
