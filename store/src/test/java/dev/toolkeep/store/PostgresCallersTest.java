package dev.toolkeep.store;

import dev.toolkeep.caller.Callers;
import dev.toolkeep.testkit.contract.CallersContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.Running.class)
class PostgresCallersTest extends CallersContract {
    private final Postgres postgres;
    private @Nullable SqlStore store;

    PostgresCallersTest(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    protected Callers open() throws Exception {
        SqlStore opened = postgres.emptyStore();
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
