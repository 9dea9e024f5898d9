package dev.toolkeep.caller;

import dev.toolkeep.secret.KeyFile;
import dev.toolkeep.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Makes API keys and their HMACs. A key reads `tk_ID_SECRET`: 12 characters of base32 that name it and 43 of base64url
/// that prove it (256 random bits, so one HMAC-SHA256 under the server's pepper is all the hashing it needs).
/// Thread-safe.
public final class Keys {
    static final String PREFIX = "tk_";
    static final int ID_LENGTH = 12;
    static final int SECRET_LENGTH = 43;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final Mac pepper;
    private final SecureRandom random;

    private Keys(byte[] pepper, SecureRandom random) {
        this.random = random;
        try {
            this.pepper = Mac.getInstance("HmacSHA256");
            this.pepper.init(new SecretKeySpec(pepper, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// Reads the pepper, or makes a new one where there is none (mode 0600). Without the same pepper no key ever minted
    /// is valid again.
    ///
    /// @throws IOException one sentence that says what is wrong with the file; see [KeyFile]
    public static Keys open(Path pepperFile) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] pepper = KeyFile.open(pepperFile, "pepper", random);
        try {
            return new Keys(pepper, random);
        } finally {
            Arrays.fill(pepper, (byte) 0);
        }
    }

    /// A new key of `caller`, valid from `now` until `expires` (null: until revoked).
    public Minted mint(String caller, Instant now, @Nullable Instant expires) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        byte[] raw = new byte[32];
        random.nextBytes(raw);
        byte[] secret = Base64.getUrlEncoder().withoutPadding().encode(raw);
        Arrays.fill(raw, (byte) 0);
        String hmac = HexFormat.of().formatHex(hmac(secret));
        byte[] key =
                (PREFIX + id + "_" + new String(secret, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(secret, (byte) 0);
        return new Minted(Secret.take(key), new StoredKey(id.toString(), caller, hmac, now, expires, null));
    }

    /// Over the secret's characters, not the bytes they decode to: base64url has several spellings of one value.
    byte[] hmac(byte[] secret) {
        try {
            return ((Mac) pepper.clone()).doFinal(secret);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HmacSHA256 can be cloned", e);
        }
    }
}
