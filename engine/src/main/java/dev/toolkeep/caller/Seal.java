package dev.toolkeep.caller;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Seals what a client is to keep for us: nobody else can read it, change it, or use it for another purpose or after
/// its
/// time. AES-256-GCM (Tink) under a key derived from the pepper, the purpose as associated data. Every node with the
/// same pepper opens what any of them sealed, and a restart changes nothing. Thread-safe.
public final class Seal {
    private static final int TIME = Long.BYTES;
    private static final int LONGEST = 64 << 10;

    private final Aead aead;
    private final InstantSource clock;

    private Seal(Aead aead, InstantSource clock) {
        this.aead = aead;
        this.clock = clock;
    }

    /// @param clock says when a seal's time is over
    @AccessesPartialKey
    public static Seal of(Keys keys, InstantSource clock) {
        byte[] key = keys.hmac("toolkeep seal 1".getBytes(StandardCharsets.UTF_8));
        try {
            AesGcmParameters parameters = AesGcmParameters.builder()
                    .setKeySizeBytes(32)
                    .setIvSizeBytes(12)
                    .setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                    .build();
            AesGcmKey aes = AesGcmKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build();
            return new Seal(AesGcmJce.create(aes), clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-256-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// `plain` as text of `A-Z a-z 0-9 _ -`, good for `purpose` alone and for `lifetime`.
    public String seal(String purpose, byte[] plain, Duration lifetime) {
        byte[] timed = ByteBuffer.allocate(TIME + plain.length)
                .putLong(clock.millis() + lifetime.toMillis())
                .put(plain)
                .array();
        try {
            byte[] sealed = aead.encrypt(timed, purpose.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM seals anything of this size", e);
        }
    }

    /// What was sealed; null for anything that was not sealed here, for this purpose, or whose time is over.
    public byte @Nullable [] open(String purpose, String sealed) {
        if (sealed.length() > LONGEST) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            byte[] timed = aead.decrypt(bytes, purpose.getBytes(StandardCharsets.UTF_8));
            boolean over = timed.length < TIME || ByteBuffer.wrap(timed).getLong() <= clock.millis();
            return over ? null : Arrays.copyOfRange(timed, TIME, timed.length);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }
}
