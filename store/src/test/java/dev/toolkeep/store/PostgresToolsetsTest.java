package dev.toolkeep.store;

import dev.toolkeep.testkit.contract.ToolsetsContract;
import dev.toolkeep.toolset.Toolsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.Running.class)
class PostgresToolsetsTest extends ToolsetsContract {
    private final Postgres postgres;
    private @Nullable SqlStore store;

    PostgresToolsetsTest(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    protected Toolsets open() throws Exception {
        SqlStore opened = postgres.emptyStore();
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
