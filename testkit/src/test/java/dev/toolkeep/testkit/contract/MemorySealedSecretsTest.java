package dev.toolkeep.testkit.contract;

import dev.toolkeep.vault.MemorySealedSecrets;
import dev.toolkeep.vault.SealedSecrets;

class MemorySealedSecretsTest extends SealedSecretsContract {
    @Override
    protected SealedSecrets open() {
        return new MemorySealedSecrets();
    }
}
