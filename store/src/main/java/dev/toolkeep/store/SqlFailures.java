package dev.toolkeep.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteException;

/// What the database's failures mean, in one sentence each. The databases' own texts stay in the cause: they may
/// repeat what was being written.
final class SqlFailures {
    private final String place;

    private SqlFailures(String place) {
        this.place = place;
    }

    static SqlFailures ofFile(Path file) {
        return new SqlFailures("The data file " + file);
    }

    static SqlFailures ofServer(PGSimpleDataSource source) {
        return new SqlFailures(
                "PostgreSQL database " + source.getDatabaseName() + " at " + String.join(",", source.getServerNames()));
    }

    /// The database, as the beginning of a sentence; without credentials.
    String place() {
        return place;
    }

    static String damaged(Path file) {
        return "The data file " + file + damagedText();
    }

    private static String damagedText() {
        return " is damaged or not a SQLite file; put it aside and restore a backup.";
    }

    /// The same failure as [StoreUnusable] when a database or its pool raised it; every other exception as it is.
    RuntimeException explained(RuntimeException failure) {
        List<SQLException> raised = raised(failure);
        if (raised.isEmpty()) {
            return failure instanceof JdbiException
                    ? new StoreUnusable(place + " could not be used.", failure)
                    : failure;
        }
        for (SQLException sql : raised) {
            String meaning = sql instanceof SQLiteException file ? meaning(file) : meaning(sql);
            if (!meaning.isEmpty()) {
                return new StoreUnusable(place + meaning, failure);
            }
        }
        SQLException last = raised.getLast();
        return new StoreUnusable(place + " failed with code " + code(last) + "; the log has the details.", failure);
    }

    /// Whether a row was refused because another row it names is not there.
    static boolean missingParent(RuntimeException failure) {
        return raised(failure).stream()
                .anyMatch(sql -> "23503".equals(sql.getSQLState()) || isCode(sql, "SQLITE_CONSTRAINT_FOREIGNKEY"));
    }

    /// Whether a row was refused because one with its key is there.
    static boolean duplicate(RuntimeException failure) {
        return raised(failure).stream()
                .anyMatch(sql -> "23505".equals(sql.getSQLState()) || isCode(sql, "SQLITE_CONSTRAINT_PRIMARYKEY"));
    }

    /// Whether the database undid the transaction only because another one met it: serialization failure or deadlock.
    static boolean undone(RuntimeException failure) {
        return raised(failure).stream()
                .anyMatch(sql -> "40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()));
    }

    private static String meaning(SQLiteException sql) {
        String code = sql.getResultCode().name();
        if (code.startsWith("SQLITE_NOTADB") || code.startsWith("SQLITE_CORRUPT")) {
            return damagedText();
        }
        if (code.startsWith("SQLITE_FULL")) {
            return " cannot grow: its disk is full.";
        }
        if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
            return " is held by another program; stop that one, or wait for it.";
        }
        if (code.startsWith("SQLITE_READONLY")
                || code.startsWith("SQLITE_CANTOPEN")
                || code.startsWith("SQLITE_PERM")) {
            return " cannot be written; check the owner and mode of it and its folder.";
        }
        return code.startsWith("SQLITE_IOERR") ? " cannot be read or written: its disk fails." : "";
    }

    private static String meaning(SQLException sql) {
        String state = sql.getSQLState();
        if (state == null) {
            return "";
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08", "57" -> " cannot be reached; check that it runs and that the URL is right.";
            case "28" -> " refuses our user or password.";
            case "3D" -> " does not exist; create it first.";
            case "42" ->
                "42501".equals(state) ? " does not let our user make or use its tables; grant it the schema." : "";
            case "53" -> " has no room for us: its disk, memory or connections are used up.";
            case "25" -> "25006".equals(state) ? " is read-only; give the URL of the primary." : "";
            default -> "";
        };
    }

    private static String code(SQLException sql) {
        if (sql instanceof SQLiteException file) {
            return file.getResultCode().name();
        }
        String state = sql.getSQLState();
        return state == null ? "unknown" : state;
    }

    private static boolean isCode(SQLException sql, String name) {
        return sql instanceof SQLiteException file
                && file.getResultCode().name().equals(name);
    }

    private static List<SQLException> raised(Throwable failure) {
        List<SQLException> found = new ArrayList<>();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 20; depth++) {
            if (at instanceof SQLException sql) {
                found.add(sql);
                SQLException next = sql.getNextException();
                if (next != null && !found.contains(next)) {
                    found.add(next);
                }
            }
            at = at.getCause();
        }
        return found;
    }
}
