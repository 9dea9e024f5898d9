package dev.toolkeep.engine;

import dev.toolkeep.caller.Callers;
import dev.toolkeep.caller.MemoryCallers;
import dev.toolkeep.policy.MemoryPolicies;
import dev.toolkeep.policy.Policies;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.MemoryCatalog;
import dev.toolkeep.toolset.MemoryToolsets;
import dev.toolkeep.toolset.Toolsets;
import dev.toolkeep.vault.MemorySealedSecrets;
import dev.toolkeep.vault.SealedSecrets;

/// Where an engine keeps what must outlive it.
public record Stores(Catalog catalog, Callers callers, Policies policies, SealedSecrets secrets, Toolsets toolsets) {
    /// Kept in memory only: for tests and embedded use.
    public static Stores inMemory() {
        return new Stores(
                new MemoryCatalog(),
                new MemoryCallers(),
                new MemoryPolicies(),
                new MemorySealedSecrets(),
                new MemoryToolsets());
    }
}
