package dev.toolkeep.clientfile;

import dev.toolkeep.secret.CredentialNames;
import dev.toolkeep.secret.Placeholders;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the values of one server's variables and headers into text with `${NAME}` placeholders, and collects the
/// credentials that stood in them. What clients write for "ask" or "from the environment" (`${input:x}`,
/// `${env:X}`, `${X:-default}`, `$X`) becomes a placeholder too.
final class Values {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:env:|input:)?([A-Za-z_][A-Za-z0-9_.-]{0,63})(?::-([^{}]*))?\\}");
    private static final Pattern WHOLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]{0,63})");
    private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic|token) +(\\S.*)");

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Set<String> missing = new LinkedHashSet<>();

    Map<String, String> secrets() {
        return secrets;
    }

    Set<String> missing() {
        return missing;
    }

    /// @param forced whether the file itself says that the value is a secret
    String take(String name, String written, boolean forced) {
        String value = references(written);
        boolean secret = forced || CredentialNames.credential(name) || LooksSecret.value(value);
        if (value.isEmpty() || !secret || !Placeholders.names(value).isEmpty()) {
            return value;
        }
        String placeholder = placeholder(name);
        Matcher scheme = SCHEME.matcher(value);
        boolean schemed = scheme.matches();
        secrets.put(placeholder, schemed ? scheme.group(2) : value);
        return (schemed ? scheme.group(1) + " " : "") + "${" + placeholder + "}";
    }

    /// A value that is to be asked for.
    String ask(String name) {
        String secret = placeholder(name);
        missing.add(secret);
        return "${" + secret + "}";
    }

    private String references(String value) {
        Matcher whole = WHOLE.matcher(value);
        if (whole.matches()) {
            return ask(whole.group(1));
        }
        Matcher found = REFERENCE.matcher(value);
        StringBuilder named = new StringBuilder();
        while (found.find()) {
            String otherwise = found.group(2);
            String put =
                    otherwise != null && !CredentialNames.credential(found.group(1)) ? otherwise : ask(found.group(1));
            found.appendReplacement(named, Matcher.quoteReplacement(put));
        }
        return found.appendTail(named).toString();
    }

    /// Whether a client would have filled something in here.
    static boolean refers(String text) {
        return REFERENCE.matcher(text).find();
    }

    static String placeholder(String name) {
        String upper = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
        String starts = upper.isEmpty() || Character.isDigit(upper.charAt(0)) ? "_" + upper : upper;
        return starts.substring(0, Math.min(starts.length(), 64));
    }
}
