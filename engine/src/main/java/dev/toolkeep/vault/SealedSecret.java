package dev.toolkeep.vault;

import java.time.Instant;

/// A secret at rest: AES-256-GCM ciphertext whose associated data are the name and the grant, so a row moved to
/// another name or grant does not open.
///
/// @param grant `source:NAME` or `tool:SOURCE.TOOL`: the only one it is opened for
public record SealedSecret(String name, String grant, byte[] ciphertext, Instant created) {}
