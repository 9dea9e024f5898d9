package planted.toolkeep.trust;

import dev.toolkeep.journal.Journal;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.vault.Vault;
import io.vertx.core.Vertx;
import java.nio.file.Path;

record Peeks(Vault vault, Secret secret, Journal journal, Vertx vertx, Path file) {}
