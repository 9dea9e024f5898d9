package dev.toolkeep.console.access;

import jakarta.servlet.http.HttpServletRequest;

/// What a request asked for, in words fit for the journal: never a query, never a set-up token.
public final class Asked {
    private Asked() {}

    public static String words(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getMethod() + " " + (path.startsWith("/setup") ? "/setup/..." : path);
    }
}
