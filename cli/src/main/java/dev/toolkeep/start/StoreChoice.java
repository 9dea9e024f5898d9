package dev.toolkeep.start;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which database holds what must outlive the process.
public sealed interface StoreChoice {
    /// A file in the data folder.
    record Sqlite() implements StoreChoice {}

    /// @param user empty: as the URL or the environment says
    /// @param passwordFile holds the password alone, mode 0600; null: as the URL or the environment says
    record Postgres(String url, String user, @Nullable Path passwordFile) implements StoreChoice {
        /// A URL may hold a password.
        @Override
        public String toString() {
            return "Postgres";
        }
    }
}
