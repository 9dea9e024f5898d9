package planted.toolkeep.admin;

import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.vault.OpenedSecrets;
import dev.toolkeep.vault.SecretIndex;
import dev.toolkeep.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;

final class Burglar {
    OpenedSecrets one(Vault vault, PermittedCall call, SecretIndex index) throws Refused {
        return vault.open(call, index);
    }

    OpenedSecrets all(Vault vault, SecretIndex index) throws Refused {
        return vault.openForSource("source", index);
    }

    Vault key(Path file) throws IOException {
        return Vault.open(file);
    }
}
