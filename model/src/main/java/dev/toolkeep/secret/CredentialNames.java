package dev.toolkeep.secret;

import java.util.List;
import java.util.Locale;

/// Names that say that their value is a credential.
public final class CredentialNames {
    private static final List<String> WORDS =
            List.of("authorization", "token", "secret", "password", "passwd", "apikey", "api-key", "api_key", "cookie");

    private CredentialNames() {}

    /// Whether a variable or header of this name holds a credential, as far as its name tells.
    public static boolean credential(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains) || lower.endsWith("key");
    }
}
