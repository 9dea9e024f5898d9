package dev.toolkeep.policy;

import java.util.List;
import java.util.Optional;

/// Where the policy's revisions are kept; only ever added to.
public interface Policies {
    Optional<PolicyText> current();

    /// Newest first, at most 100.
    List<PolicyText> history();

    /// @throws IllegalStateException when `revision` is not the current one plus one: somebody else saved meanwhile
    void save(PolicyText text);
}
