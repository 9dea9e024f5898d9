package dev.toolkeep.store;

import dev.toolkeep.registry.Catalog;
import dev.toolkeep.testkit.contract.VersionsContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteVersionsTest extends VersionsContract {
    @TempDir
    private Path folder;

    private @Nullable SqlStore store;

    @Override
    protected Catalog open() {
        SqlStore opened = SqlStore.sqlite(folder);
        store = opened;
        return opened.catalog();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
