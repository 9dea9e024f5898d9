package dev.toolkeep.store;

import dev.toolkeep.testkit.contract.ToolsetsContract;
import dev.toolkeep.toolset.Toolsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteToolsetsTest extends ToolsetsContract {
    @TempDir
    private Path folder;

    private @Nullable SqlStore store;

    @Override
    protected Toolsets open() {
        SqlStore opened = SqlStore.sqlite(folder);
        store = opened;
        return opened.toolsets();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
