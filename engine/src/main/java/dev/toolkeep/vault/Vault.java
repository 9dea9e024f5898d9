package dev.toolkeep.vault;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.secret.KeyFile;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Seals secrets for rest and opens them for one permitted call. AES-256-GCM (Tink) with the name and the grant as
/// associated data: a row copied to another name or grant does not open. Thread-safe.
///
/// For a call it opens only the placeholders its approved template names, only where they were granted to that tool or
/// its source. One that is missing stays missing (the protocol says so); one that cannot be opened refuses the call.
public final class Vault {
    /// A secret is at least this long: a shorter one could not be told from ordinary text when it comes back in an
    /// answer, so it could not be kept out of one.
    public static final int SHORTEST = 8;

    public static final int LONGEST = 64 * 1024;
    private static final byte FORMAT = 1;
    private static final String CONTEXT = "toolkeep secret 1";

    private final Aead aead;
    private final LoadingCache<ToolDefinition, Needs> needs = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(20_000)
            .executor(Runnable::run)
            .build(definition -> Needs.of(definition.template()));

    private Vault(Aead aead) {
        this.aead = aead;
    }

    /// Reads the key, or makes a new one where there is none (mode 0600). Losing the file means losing every secret.
    ///
    /// @throws IOException one sentence that says what is wrong with the file; see [KeyFile]
    @AccessesPartialKey
    public static Vault open(Path keyFile) throws IOException {
        byte[] key = KeyFile.open(keyFile, "vault", new SecureRandom());
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
            return new Vault(AesGcmJce.create(aes));
        } catch (GeneralSecurityException e) {
            throw new IOException("AES-256-GCM is not to be had on this Java", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// Seals `value`, which stays the caller's to close.
    ///
    /// @throws Malformed when the name is no placeholder name, the grant is neither `source:NAME` nor
    ///     `tool:SOURCE.TOOL`, or the value is not 8 characters to 64 KiB of UTF-8 text
    public SealedSecret seal(String name, String grant, Secret value, Instant now) throws Malformed {
        if (!Placeholders.validName(name)) {
            throw new Malformed("a secret's name is 1-64 of A-Z a-z 0-9 _ and starts with a letter or _");
        }
        checkGrant(grant);
        byte[] plain = value.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            checkValue(plain, value.length());
            byte[] sealed = aead.encrypt(plain, associated(name, grant));
            byte[] ciphertext = ByteBuffer.allocate(1 + sealed.length)
                    .put(FORMAT)
                    .put(sealed)
                    .array();
            return new SealedSecret(name, grant, ciphertext, now);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM seals anything of this size", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// Whether this vault's key opens the secret. For start-up and `doctor`.
    public boolean opens(SealedSecret secret) {
        try {
            unseal(secret).close();
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// Opens what the call's own template names and its tool or source was granted.
    ///
    /// @throws Refused UNAVAILABLE when one of them does not open
    public OpenedSecrets open(PermittedCall call, SecretIndex index) throws Refused {
        ToolDefinition definition = call.tool().definition();
        Needs needed = needs.get(definition);
        ToolName tool = definition.name();
        Map<String, SealedSecret> wanted = new HashMap<>();
        for (String name : needed.names()) {
            SealedSecret secret =
                    needed.shared() ? index.ofSource(tool.source()).get(name) : index.forTool(tool, name);
            if (secret != null) {
                wanted.put(name, secret);
            }
        }
        return open(wanted);
    }

    /// Opens what was granted to the whole source, for reading what it offers.
    ///
    /// @throws Refused UNAVAILABLE when one of them does not open
    public OpenedSecrets openForSource(String source, SecretIndex index) throws Refused {
        return open(index.ofSource(source));
    }

    private OpenedSecrets open(Map<String, SealedSecret> wanted) throws Refused {
        if (wanted.isEmpty()) {
            return new OpenedSecrets(Map.of());
        }
        Map<String, Secret> opened = new HashMap<>();
        for (SealedSecret secret : wanted.values()) {
            try {
                opened.put(secret.name(), unseal(secret));
            } catch (GeneralSecurityException e) {
                opened.values().forEach(Secret::close);
                throw new Refused(
                        Refusal.Code.UNAVAILABLE,
                        "vault",
                        "the secret " + secret.name() + " for " + secret.grant() + " does not open with this vault key",
                        "An operator restores the vault key file, or sets the secret again with `toolkeep secret set`.");
            }
        }
        return new OpenedSecrets(opened);
    }

    private Secret unseal(SealedSecret secret) throws GeneralSecurityException {
        byte[] ciphertext = secret.ciphertext();
        if (ciphertext.length < 1 || ciphertext[0] != FORMAT) {
            throw new GeneralSecurityException("unknown format");
        }
        byte[] sealed = Arrays.copyOfRange(ciphertext, 1, ciphertext.length);
        return Secret.take(aead.decrypt(sealed, associated(secret.name(), secret.grant())));
    }

    /// Every part with its length in front, so no two pairs of name and grant read the same.
    private static byte[] associated(String name, String grant) {
        byte[][] parts = {
            CONTEXT.getBytes(StandardCharsets.UTF_8),
            name.getBytes(StandardCharsets.UTF_8),
            grant.getBytes(StandardCharsets.UTF_8)
        };
        ByteBuffer out = ByteBuffer.allocate(parts[0].length + parts[1].length + parts[2].length + 12);
        for (byte[] part : parts) {
            out.putInt(part.length).put(part);
        }
        return out.array();
    }

    private static void checkGrant(String grant) throws Malformed {
        boolean valid = grant.startsWith("source:") && ToolName.validSource(grant.substring(7));
        if (!valid && grant.startsWith("tool:")) {
            try {
                ToolName.parse(grant.substring(5));
                valid = true;
            } catch (IllegalArgumentException e) {
                valid = false;
            }
        }
        if (!valid) {
            throw new Malformed("a secret is granted to source:NAME or tool:SOURCE.TOOL");
        }
    }

    private static void checkValue(byte[] plain, int given) throws Malformed {
        String text = new String(plain, StandardCharsets.UTF_8);
        if (plain.length != given || text.indexOf('\0') >= 0 || text.indexOf('\uFFFD') >= 0) {
            throw new Malformed("a secret must be UTF-8 text without NUL");
        }
        if (text.length() < SHORTEST) {
            throw new Malformed("a secret must be at least " + SHORTEST
                    + " characters: a shorter one could not be kept out of answers");
        }
        if (plain.length > LONGEST) {
            throw new Malformed("a secret may measure at most 64 KiB");
        }
    }
}
