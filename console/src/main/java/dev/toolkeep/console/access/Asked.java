package dev.toolkeep.console.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a request asked for, in words fit for the journal: never a query, never a set-up token, and no part of a path
/// that is long enough to be a key.
public final class Asked {
    private static final int LONGEST = 40;

    private Asked() {}

    public static String words(HttpServletRequest request) {
        return orNothing(request.getMethod()) + " " + path(orNothing(request.getRequestURI()));
    }

    private static String path(String path) {
        if (path.toLowerCase(Locale.ROOT).startsWith("/setup")) {
            return "/setup/...";
        }
        StringBuilder words = new StringBuilder();
        for (String part : path.split("/", -1)) {
            words.append(words.isEmpty() && part.isEmpty() ? "" : "/").append(part.length() > LONGEST ? "..." : part);
        }
        return words.toString();
    }

    /// A request that could not be parsed has neither.
    private static String orNothing(@Nullable String text) {
        return text == null ? "?" : text;
    }
}
