package dev.toolkeep.store;

import dev.toolkeep.testkit.contract.SealedSecretsContract;
import dev.toolkeep.vault.SealedSecrets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.Running.class)
class PostgresSealedSecretsTest extends SealedSecretsContract {
    private final Postgres postgres;
    private @Nullable SqlStore store;

    PostgresSealedSecretsTest(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    protected SealedSecrets open() throws Exception {
        SqlStore opened = postgres.emptyStore();
        store = opened;
        return opened.sealedSecrets();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
