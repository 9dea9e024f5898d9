package dev.toolkeep.testkit.contract;

import dev.toolkeep.vault.SealedSecrets;
import dev.toolkeep.vault.MemorySealedSecrets;

class MemorySealedSecretsTest extends SealedSecretsContract {
    @Override
    protected SealedSecrets open() {
        return new MemorySealedSecrets();
    }
}
