package dev.toolkeep.admin;

import dev.toolkeep.journal.Event;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.vault.SealedSecret;
import dev.toolkeep.vault.SealedSecrets;
import dev.toolkeep.vault.Vault;
import dev.toolkeep.wire.Malformed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which secrets the vault holds, and for what. A value goes in and never comes out again here: to rotate one, set it
/// again.
public final class SecretAdmin {
    private static final int MOST = 10_000;

    private final SealedSecrets secrets;
    private final Vault vault;
    private final Changes changes;

    public SecretAdmin(SealedSecrets secrets, Vault vault, Changes changes) {
        this.secrets = secrets;
        this.vault = vault;
        this.changes = changes;
    }

    /// What is known of a secret without opening it.
    public record Kept(String name, String grant, Instant created) {}

    /// How a secret was set.
    ///
    /// @param replaced whether there was one in its place
    public record Outcome(Kept kept, boolean replaced) {}

    /// By name, then grant.
    public List<Kept> list() {
        return secrets.all().stream().map(SecretAdmin::kept).toList();
    }

    /// Seals `value` for one source (`source:x`) or one tool (`tool:x.y`), in place of the one that was there. The
    /// value stays the caller's to close.
    public Outcome set(Operator by, String name, String grant, Secret value) throws Refused {
        return changes.alone(() -> {
            Optional<Kept> before = find(name, grant);
            if (before.isEmpty() && secrets.all().size() >= MOST) {
                throw Nay.conflict("secrets-many", "the vault holds " + MOST + " secrets", "remove those not in use");
            }
            SealedSecret sealed;
            try {
                sealed = vault.seal(name, grant, value, changes.now());
            } catch (Malformed e) {
                throw Nay.invalid("secret", String.valueOf(e.getMessage()));
            }
            String type = before.isPresent() ? "secret.rotated" : "secret.added";
            changes.commit(event(type, by, name, grant), () -> secrets.save(sealed));
            return new Outcome(kept(sealed), before.isPresent());
        });
    }

    public void remove(Operator by, String name, String grant) throws Refused {
        changes.alone(() -> {
            Kept kept = find(name, grant).orElseThrow(() -> Nay.unknown("secret", name + " for " + grant));
            changes.commit(event("secret.removed", by, name, grant), () -> secrets.remove(name, grant));
            return kept;
        });
    }

    private Optional<Kept> find(String name, String grant) {
        return list().stream()
                .filter(kept -> kept.name().equals(name) && kept.grant().equals(grant))
                .findFirst();
    }

    private static Kept kept(SealedSecret secret) {
        return new Kept(secret.name(), secret.grant(), secret.created());
    }

    private static Event event(String type, Operator by, String name, String grant) {
        return Event.of(type).with("by", by.id()).with("secret", name).with("grant", grant);
    }
}
