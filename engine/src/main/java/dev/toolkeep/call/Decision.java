package dev.toolkeep.call;

import dev.toolkeep.limits.Lease;
import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.vault.SecretIndex;

/// What was decided of one call.
sealed interface Decision {
    /// Go ahead, within this share, with the secrets as they stood when it was decided.
    record Yes(PermittedCall permitted, Lease lease, SecretIndex secrets) implements Decision {}

    record No(Refusal why) implements Decision {}
}
