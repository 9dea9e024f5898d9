package dev.toolkeep.store;

import dev.toolkeep.policy.Policies;
import dev.toolkeep.testkit.contract.PoliciesContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqlitePoliciesTest extends PoliciesContract {
    @TempDir
    private Path folder;

    private @Nullable SqlStore store;

    @Override
    protected Policies open() {
        SqlStore opened = SqlStore.sqlite(folder);
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
