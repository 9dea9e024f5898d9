package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.secret.Placeholders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Names with values as they are typed: `NAME=VALUE`, `Name: value`. A value that looks like a secret is warned about;
/// no value is ever repeated.
final class Pairs {
    private static final Pattern KNOWN = Pattern.compile(
            "(?i)(bearer |basic |token )?(sk|pk|ghp|gho|ghs|ghu|glpat|xox[abprs]|akia|eyj|npm|pat|tk)[-_a-z0-9].{12,}");
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9+/=_.-]{24,}");

    private Pairs() {}

    static Map<String, String> variables(List<String> typed, Consumer<String> notes) throws Failed {
        return parted(typed, '=', "--env", "NAME=VALUE", notes);
    }

    static Map<String, String> headers(List<String> typed, Consumer<String> notes) throws Failed {
        return parted(typed, ':', "--header", "'Name: value'", notes);
    }

    private static Map<String, String> parted(
            List<String> typed, char between, String option, String form, Consumer<String> notes) throws Failed {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : typed) {
            int at = text.indexOf(between);
            if (at < 1) {
                throw Failed.usage(option + " is written " + form, "see `toolkeep source add --help`");
            }
            String name = text.substring(0, at).strip();
            String value = between == ':' ? text.substring(at + 1).strip() : text.substring(at + 1);
            if (pairs.put(name, value) != null) {
                throw Failed.usage(option + " names " + name + " twice", "see `toolkeep source add --help`");
            }
            if (looksSecret(value)) {
                notes.accept("warning: the value of " + name + " looks like a secret; everybody on this machine may see"
                        + " it here. Use `toolkeep secret set` and write ${NAME} in its place.");
            }
        }
        return pairs;
    }

    /// Long and random, or begins as well-known keys do, and no placeholder in it.
    static boolean looksSecret(String value) {
        if (!Placeholders.names(value).isEmpty()) {
            return false;
        }
        boolean mixed =
                value.chars().anyMatch(Character::isDigit) && value.chars().anyMatch(Character::isLetter);
        return KNOWN.matcher(value).matches()
                || (mixed && RANDOM.matcher(value).matches() && !value.startsWith("/") && !value.contains(".."));
    }
}
