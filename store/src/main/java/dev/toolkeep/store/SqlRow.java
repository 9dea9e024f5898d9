package dev.toolkeep.store;

import dev.toolkeep.wire.Malformed;
import java.sql.SQLException;

/// Turns one row into a value.
@FunctionalInterface
interface SqlRow<T> {
    T read() throws SQLException, Malformed;

    /// The value, or an error that names the row: a row that is no longer what we wrote is never used and never
    /// skipped.
    static <T> T readable(String what, SqlRow<T> row) throws SQLException {
        try {
            return row.read();
        } catch (Malformed | IllegalArgumentException e) {
            throw new StoreUnusable(
                    "The stored " + what + " is not what was saved (" + e.getMessage()
                            + "); restore a backup of the store.",
                    e);
        }
    }
}
