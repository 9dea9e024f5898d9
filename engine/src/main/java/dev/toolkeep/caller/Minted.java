package dev.toolkeep.caller;

import dev.toolkeep.secret.Secret;

/// A key just made: the only moment its text exists. `key` is shown to its owner once and closed; `stored` is kept.
public record Minted(Secret key, StoredKey stored) {}
