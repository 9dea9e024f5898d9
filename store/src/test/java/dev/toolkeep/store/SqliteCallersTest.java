package dev.toolkeep.store;

import dev.toolkeep.caller.Callers;
import dev.toolkeep.testkit.contract.CallersContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallersTest extends CallersContract {
    @TempDir
    private Path folder;

    private @Nullable SqlStore store;

    @Override
    protected Callers open() {
        SqlStore opened = SqlStore.sqlite(folder);
        store = opened;
        return opened.callers();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
