package dev.toolkeep.store;

import dev.toolkeep.testkit.contract.SealedSecretsContract;
import dev.toolkeep.vault.SealedSecrets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteSealedSecretsTest extends SealedSecretsContract {
    @TempDir
    private Path folder;

    private @Nullable SqlStore store;

    @Override
    protected SealedSecrets open() {
        SqlStore opened = SqlStore.sqlite(folder);
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
