package dev.toolkeep.journal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The journal's own secret, 32 bytes: it authenticates the head, so that a shortened or rewritten log cannot pass for
/// a whole one, and salts the digests of values that must not be written down.
public final class JournalKey {
    private final Mac head;
    private final Mac salt;

    private JournalKey(Mac head, Mac salt) {
        this.head = head;
        this.salt = salt;
    }

    /// @throws IllegalArgumentException when it is not 32 bytes
    public static JournalKey of(byte[] secret) {
        if (secret.length != 32) {
            throw new IllegalArgumentException("a journal key is 32 bytes");
        }
        Mac root = mac(secret);
        return new JournalKey(mac(root.doFinal(new byte[] {1})), mac(root.doFinal(new byte[] {2})));
    }

    /// A new HMAC-SHA256 for heads, for one thread.
    Mac head() {
        return fresh(head);
    }

    /// The first 16 bytes, in hex, of the HMAC-SHA256 of `content`.
    String salted(byte[] content) {
        return HexFormat.of().formatHex(Arrays.copyOf(fresh(salt).doFinal(content), 16));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Mac fresh(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HmacSHA256 can be cloned", e);
        }
    }
}
