package dev.toolkeep.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which headers a document may name and an argument may set, and what values in a document may hold (RFC 9110, 5.1
/// and 5.5). The one list: what reads documents and what sends requests both ask here.
public final class HeaderNames {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Set<String> FRAMING = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-authorization",
            "proxy-connection");

    /// A template may fix these, an argument never chooses them.
    private static final Set<String> FIXED = Set.of(
            "authorization",
            "cookie",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "traceparent",
            "tracestate");

    private HeaderNames() {}

    public static boolean valid(String name) {
        return TOKEN.matcher(name).matches();
    }

    /// Whether the header frames or routes the message, which is Toolkeep's own business.
    public static boolean framing(String name) {
        return FRAMING.contains(name.toLowerCase(Locale.ROOT));
    }

    /// Whether a header of this name may be filled from an argument: it must not frame the request nor carry its
    /// credentials.
    public static boolean argumentMaySet(String name) {
        return valid(name) && !framing(name) && !FIXED.contains(name.toLowerCase(Locale.ROOT));
    }

    static void check(String member, List<String> names) throws Malformed {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!valid(name)) {
                throw new Malformed(member + " holds a name that is no HTTP header name");
            }
            if (framing(name)) {
                throw new Malformed(member + " may not set '" + lower + "'");
            }
            if (!seen.add(lower)) {
                throw new Malformed(member + " names '" + lower + "' twice");
            }
        }
    }

    static void checkValue(String member, String value) throws Malformed {
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new Malformed(member + " holds a control character");
        }
    }
}
