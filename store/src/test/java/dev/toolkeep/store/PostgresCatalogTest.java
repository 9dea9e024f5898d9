package dev.toolkeep.store;

import dev.toolkeep.registry.Catalog;
import dev.toolkeep.testkit.contract.CatalogContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.Running.class)
class PostgresCatalogTest extends CatalogContract {
    private final Postgres postgres;
    private @Nullable SqlStore store;

    PostgresCatalogTest(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    protected Catalog open() throws Exception {
        SqlStore opened = postgres.emptyStore();
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
