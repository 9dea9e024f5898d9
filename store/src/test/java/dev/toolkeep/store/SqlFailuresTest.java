package dev.toolkeep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqlFailuresTest {
    private final SqlFailures failures = SqlFailures.ofFile(Path.of("/data/toolkeep.db"));

    @Test
    void everySqliteFailureThatAnOperatorCanMendSaysWhat() {
        assertThat(meaning(SQLiteErrorCode.SQLITE_CORRUPT)).contains("damaged");
        assertThat(meaning(SQLiteErrorCode.SQLITE_NOTADB)).contains("damaged");
        assertThat(meaning(SQLiteErrorCode.SQLITE_FULL)).contains("disk is full");
        assertThat(meaning(SQLiteErrorCode.SQLITE_BUSY)).contains("held by another program");
        assertThat(meaning(SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT)).contains("held by another program");
        assertThat(meaning(SQLiteErrorCode.SQLITE_READONLY)).contains("owner and mode");
        assertThat(meaning(SQLiteErrorCode.SQLITE_CANTOPEN)).contains("owner and mode");
        assertThat(meaning(SQLiteErrorCode.SQLITE_IOERR_WRITE)).contains("disk fails");
        assertThat(meaning(SQLiteErrorCode.SQLITE_MISUSE)).contains("SQLITE_MISUSE");
    }

    private String meaning(SQLiteErrorCode code) {
        return explained(new SQLiteException("text with a secret", code));
    }

    @Test
    void everyPostgresFailureThatAnOperatorCanMendSaysWhat() {
        assertThat(state("08006")).contains("cannot be reached");
        assertThat(state("57P01")).contains("cannot be reached");
        assertThat(state("28P01")).contains("refuses our user or password");
        assertThat(state("3D000")).contains("does not exist");
        assertThat(state("42501")).contains("grant");
        assertThat(state("53300")).contains("no room");
        assertThat(state("25006")).contains("primary");
        assertThat(state("XX000")).contains("XX000");
        assertThat(state("")).contains("failed");
    }

    private String state(String state) {
        return explained(new SQLException("text with a secret", state));
    }

    private String explained(SQLException raised) {
        RuntimeException explained = failures.explained(new IllegalStateException("text with a secret", raised));

        assertThat(explained).isInstanceOf(StoreUnusable.class);
        assertThat(explained.getMessage())
                .startsWith("The data file /data/toolkeep.db")
                .endsWith(".")
                .doesNotContain("secret");
        return String.valueOf(explained.getMessage());
    }

    @Test
    void theCauseIsFoundBehindABatch() {
        BatchUpdateException batch = new BatchUpdateException("batch", new int[0]);
        batch.setNextException(new SQLException("parent", "23503"));

        assertThat(SqlFailures.missingParent(new IllegalStateException(batch))).isTrue();
        assertThat(SqlFailures.duplicate(new IllegalStateException(batch))).isFalse();
        assertThat(SqlFailures.undone(new IllegalStateException(new SQLException("deadlock", "40P01"))))
                .isTrue();
    }

    @Test
    void whatNoDatabaseRaisedStaysAsItIs() {
        IllegalStateException ours = new IllegalStateException("ours");

        assertThat(failures.explained(ours)).isSameAs(ours);
    }
}
