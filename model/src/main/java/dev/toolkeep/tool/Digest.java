package dev.toolkeep.tool;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The name of one immutable version: `sha256:` and the 64 lower-case hex digits of the SHA-256 of its RFC 8785
/// canonical form. Two definitions with the same digest behave the same.
public record Digest(String text) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a digest is sha256: and 64 hex digits");
        }
    }

    public static Digest of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Digest("sha256:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The first 12 hex digits, for people to read; never for comparison.
    public String brief() {
        return text.substring(7, 19);
    }

    @Override
    public String toString() {
        return text;
    }
}
