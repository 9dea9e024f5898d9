package dev.toolkeep.call;

import dev.toolkeep.caller.KeyRing;
import dev.toolkeep.policy.Policy;
import dev.toolkeep.registry.Registry;
import dev.toolkeep.toolset.ToolsetIndex;
import dev.toolkeep.vault.SecretIndex;

/// Everything a call is decided from, at one moment. Immutable; a change makes another one.
///
/// @param revision grows by one with every snapshot of this process
public record Snapshot(
        long revision, Registry registry, Policy policy, KeyRing keys, SecretIndex secrets, ToolsetIndex toolsets) {}
