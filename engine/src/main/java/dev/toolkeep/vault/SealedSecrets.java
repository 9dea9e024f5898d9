package dev.toolkeep.vault;

import java.util.List;

/// Where sealed secrets are kept, one for each name and grant; a save replaces.
public interface SealedSecrets {
    /// By name, then grant.
    List<SealedSecret> all();

    void save(SealedSecret secret);

    void remove(String name, String grant);
}
