package dev.toolkeep.caller;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who asks. `id` is the stable name used in policies, the journal and limits: 1-64 of `a-z 0-9 _ - .`.
public record Caller(String id, Kind kind, SortedSet<String> roles, SortedSet<String> scopes) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

    public Caller {
        if (!validId(id)) {
            throw new IllegalArgumentException(
                    "a caller's id is 1-64 of a-z 0-9 _ - . and starts with a letter or digit");
        }
        roles = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        scopes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
    }

    public static boolean validId(String id) {
        return ID.matcher(id).matches();
    }

    public static Caller of(String id, Kind kind, Set<String> roles, Set<String> scopes) {
        return new Caller(id, kind, new TreeSet<>(roles), new TreeSet<>(scopes));
    }

    /// What kind of caller. Only an operator may use the administration API, and an operator's key opens no door of
    /// the gateway.
    public enum Kind {
        AGENT,
        SERVICE,
        USER,
        OPERATOR
    }
}
