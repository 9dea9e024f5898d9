package dev.toolkeep.registry;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where one tool stands: what its source offers now, what a person decided. [#status] follows from these alone.
///
/// @param offered the version the source offers now; null when it offers the tool no more
/// @param approval the last approval; null when there is none
/// @param rejected the version a person said no to; null when there is none
/// @param hold a person's order that the tool rest; null when there is none
/// @param flag why a person should look twice (a look-alike name, hidden characters); empty when there is nothing
public record Standing(
        ToolName tool,
        @Nullable Digest offered,
        @Nullable Approval approval,
        @Nullable Digest rejected,
        @Nullable Hold hold,
        String flag) {
    /// A person's decision that one version may be used. `expires` null means until revoked.
    public record Approval(
            Digest version, String by, Instant at, @Nullable Instant expires) {}

    /// A person's order to keep a tool from being used, with the reason.
    public record Hold(String by, Instant at, String reason) {}

    /// Callable only when APPROVED.
    public enum Status {
        APPROVED,
        /// The approval has passed its expiry.
        EXPIRED,
        /// Waits for a first decision.
        PENDING,
        /// The offered version was refused by a person.
        REJECTED,
        /// The source offers something else than what was approved (drift).
        DRIFTED,
        /// A person ordered it to rest.
        QUARANTINED,
        /// The source no longer offers it.
        REMOVED
    }

    public static Standing first(ToolName tool, Digest offered, String flag) {
        return new Standing(tool, offered, null, null, null, flag);
    }

    /// The versions this standing names.
    public Set<Digest> versions() {
        Set<Digest> named = new LinkedHashSet<>();
        if (approval != null) {
            named.add(approval.version());
        }
        if (offered != null) {
            named.add(offered);
        }
        if (rejected != null) {
            named.add(rejected);
        }
        return named;
    }

    public Status status(Instant now) {
        if (hold != null) {
            return Status.QUARANTINED;
        }
        if (offered == null) {
            return Status.REMOVED;
        }
        if (approval == null) {
            return offered.equals(rejected) ? Status.REJECTED : Status.PENDING;
        }
        if (!approval.version().equals(offered)) {
            return offered.equals(rejected) ? Status.REJECTED : Status.DRIFTED;
        }
        Instant expires = approval.expires();
        return expires != null && !now.isBefore(expires) ? Status.EXPIRED : Status.APPROVED;
    }

    public Standing offering(@Nullable Digest version) {
        return new Standing(tool, version, approval, rejected, hold, flag);
    }

    public Standing flagged(String reason) {
        return new Standing(tool, offered, approval, rejected, hold, reason);
    }

    public Standing approved(Approval decision) {
        return new Standing(tool, offered, decision, null, null, flag);
    }

    public Standing rejected(Digest version) {
        return new Standing(tool, offered, approval, version, hold, flag);
    }

    public Standing revoked() {
        return new Standing(tool, offered, null, rejected, hold, flag);
    }

    public Standing held(@Nullable Hold order) {
        return new Standing(tool, offered, approval, rejected, order, flag);
    }
}
