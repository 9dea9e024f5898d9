package dev.toolkeep.secret;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/// The `${NAME}` placeholders in a template's text. A name is 1 to 64 of `A-Z a-z 0-9 _` and starts with a letter or
/// `_`; anything else after `$` is literal text, so `$ref`, `$filter` and `$?` survive. `$${NAME}` is the text
/// `${NAME}`.
/// A filled-in value is never scanned again.
public final class Placeholders {
    /// The one placeholder that is no secret: the id of the call, filled in by Toolkeep itself.
    public static final String REQUEST_ID = "request_id";

    private Placeholders() {}

    /// The names in `text`, in order of appearance.
    public static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        fill(text, name -> {
            names.add(name);
            return "";
        });
        return names;
    }

    /// `text` with each placeholder replaced by `value.apply(name)`.
    public static String fill(String text, Function<String, String> value) {
        int at = text.indexOf("${");
        if (at < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder(text.length() + 32);
        int from = 0;
        while (at >= 0) {
            int end = nameEnd(text, at + 2);
            if (end < 0) {
                at = text.indexOf("${", at + 2);
                continue;
            }
            if (at > from && text.charAt(at - 1) == '$') {
                filled.append(text, from, at - 1).append(text, at, end + 1); // the escape: one $ less
            } else {
                filled.append(text, from, at).append(value.apply(text.substring(at + 2, end)));
            }
            from = end + 1;
            at = text.indexOf("${", from);
        }
        return filled.append(text, from, text.length()).toString();
    }

    public static boolean validName(String name) {
        return name.length() <= 64 && !name.isEmpty() && nameEnd(name + "}", 0) == name.length();
    }

    /// The index of the `}` that ends a valid name starting at `start`, or -1.
    private static int nameEnd(String text, int start) {
        for (int i = start; i < text.length() && i - start <= 64; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
            boolean digit = c >= '0' && c <= '9';
            if (c == '}') {
                return i > start ? i : -1;
            }
            if (!letter && !(digit && i > start)) {
                return -1;
            }
        }
        return -1;
    }
}
