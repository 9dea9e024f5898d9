package dev.toolkeep.caller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is kept of an API key: never the key, only the HMAC-SHA256 of its secret part under the server's pepper, in
/// hex.
///
/// @param expires from this moment on the key is refused; null: never
/// @param revoked since when it is refused; null: it is not revoked
public record StoredKey(
        String id,
        String caller,
        String hmac,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked) {}
