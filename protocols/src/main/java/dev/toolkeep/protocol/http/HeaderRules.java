package dev.toolkeep.protocol.http;

import java.util.Locale;
import java.util.Set;

/// Which headers a template or an argument may set, and what they may hold (RFC 9110, 5.1, 5.5, 7.6.1).
final class HeaderRules {
    /// Headers that frame or route the message: Toolkeep's own alone.
    private static final Set<String> FRAMING = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "te",
            "trailer",
            "upgrade",
            "expect");
    /// Headers a template may fix but an argument never chooses: credentials come from the vault.
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

    private HeaderRules() {}

    static void checkName(String name) throws Unsendable {
        boolean token = !name.isEmpty() && name.length() <= 128;
        for (int i = 0; token && i < name.length(); i++) {
            char c = name.charAt(i);
            token = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
        if (!token) {
            throw new Unsendable("the tool names a header that is not a valid header name");
        }
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Unsendable("the header " + name + " cannot be set by a tool");
        }
    }

    static boolean argumentMaySet(String name) {
        return !FIXED.contains(name.toLowerCase(Locale.ROOT));
    }

    /// Visible ASCII, spaces and tabs; so no CR, no LF, and nothing that a narrower encoding could turn into one.
    static String checkValue(String name, String value) throws Unsendable {
        if (value.length() > 16 * 1024) {
            throw new Unsendable("the value of the header " + name + " is too long");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                throw new Unsendable(
                        "the value of the header " + name + " holds a character that a header cannot carry");
            }
        }
        return value;
    }
}
