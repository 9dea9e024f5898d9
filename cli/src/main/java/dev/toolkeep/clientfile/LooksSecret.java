package dev.toolkeep.clientfile;

import dev.toolkeep.secret.Placeholders;
import java.util.regex.Pattern;

/// Values that look like credentials.
public final class LooksSecret {
    private static final Pattern KNOWN = Pattern.compile(
            "(?i)(bearer |basic |token )?(sk|pk|ghp|gho|ghs|ghu|glpat|xox[abprs]|akia|eyj|npm|pat|tk)[-_a-z0-9].{12,}");
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9+/=_.-]{24,}");

    private LooksSecret() {}

    /// Long and random, or begins as well-known keys do, and no placeholder in it.
    public static boolean value(String value) {
        if (!Placeholders.names(value).isEmpty()) {
            return false;
        }
        boolean mixed =
                value.chars().anyMatch(Character::isDigit) && value.chars().anyMatch(Character::isLetter);
        return KNOWN.matcher(value).matches()
                || (mixed && RANDOM.matcher(value).matches() && !value.startsWith("/") && !value.contains(".."));
    }
}
