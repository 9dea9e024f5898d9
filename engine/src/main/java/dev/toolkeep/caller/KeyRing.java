package dev.toolkeep.caller;

import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every key that may be valid, by id: immutable, part of the snapshot. Whatever is wrong with a key, the answer is the
/// same, and a key with an unknown id takes as long to refuse as one with a wrong secret.
public final class KeyRing {
    private static final String SCHEME = "Bearer ";
    private static final int KEY_LENGTH = Keys.PREFIX.length() + Keys.ID_LENGTH + 1 + Keys.SECRET_LENGTH;
    private static final byte[] NOBODY = new byte[32];

    private final Map<String, Entry> entries;
    private final Keys keys;

    private KeyRing(Map<String, Entry> entries, Keys keys) {
        this.entries = Map.copyOf(entries);
        this.keys = keys;
    }

    private record Entry(StoredKey key, Caller caller, byte[] hmac) {}

    /// Keys of callers that are not in `callers`, and rows whose HMAC is no SHA-256, are left out: they open nothing.
    public static KeyRing of(List<Caller> callers, List<StoredKey> stored, Keys keys) {
        Map<String, Caller> byId = new HashMap<>();
        callers.forEach(caller -> byId.put(caller.id(), caller));
        Map<String, Entry> entries = new HashMap<>();
        for (StoredKey key : stored) {
            Caller caller = byId.get(key.caller());
            byte[] hmac = hex(key.hmac());
            if (caller != null && hmac.length == NOBODY.length) {
                entries.put(key.id(), new Entry(key, caller, hmac));
            }
        }
        return new KeyRing(entries, keys);
    }

    /// Who sent this `Authorization: Bearer tk_…`. A caller of any kind: whether an operator's key may open the door at
    /// hand is the door's question.
    ///
    /// @throws Refused UNAUTHENTICATED, with one message for every reason
    public Authenticated authenticate(@Nullable String authorization, Instant now) throws Refused {
        if (authorization == null || !wellFormed(authorization)) {
            throw no();
        }
        int start = SCHEME.length() + Keys.PREFIX.length();
        int underscore = start + Keys.ID_LENGTH;
        String id = authorization.substring(start, underscore);
        Entry entry = entries.get(id);
        byte[] shown = keys.hmac(authorization.substring(underscore + 1).getBytes(StandardCharsets.UTF_8));
        boolean proven = MessageDigest.isEqual(entry == null ? NOBODY : entry.hmac(), shown);
        if (entry == null || !proven || !current(entry.key(), now)) {
            throw no();
        }
        return new Authenticated(entry.caller(), id);
    }

    public int size() {
        return entries.size();
    }

    private static boolean wellFormed(String authorization) {
        return authorization.length() == SCHEME.length() + KEY_LENGTH
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && authorization.startsWith(Keys.PREFIX, SCHEME.length())
                && authorization.charAt(SCHEME.length() + Keys.PREFIX.length() + Keys.ID_LENGTH) == '_';
    }

    private static boolean current(StoredKey key, Instant now) {
        Instant expires = key.expires();
        return key.revoked() == null && (expires == null || now.isBefore(expires));
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Refused no() {
        return new Refused(
                Refusal.Code.UNAUTHENTICATED,
                "key",
                "no valid key came with the request",
                "Send the header `Authorization: Bearer tk_…` with a current key; an operator makes one with "
                        + "`toolkeep agent key`.");
    }
}
