package dev.toolkeep.store;

import dev.toolkeep.policy.Policies;
import dev.toolkeep.testkit.contract.PoliciesContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.Running.class)
class PostgresPoliciesTest extends PoliciesContract {
    private final Postgres postgres;
    private @Nullable SqlStore store;

    PostgresPoliciesTest(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    protected Policies open() throws Exception {
        SqlStore opened = postgres.emptyStore();
        store = opened;
        return opened.policies();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
