package dev.toolkeep.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the URL of a template points. The scheme, the host and the port are literal: neither an argument
/// (`{name}`) nor a secret (`${NAME}`) may choose where a call goes. `host` is lower-case ASCII without a
/// trailing dot, an IPv6 address in brackets.
record TargetUrl(String scheme, String host, int port) {
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");
    /// What RFC 3986 allows in a path and a query as it is.
    private static final String LITERAL = "!$&'()*+,-./:;=?@[]_~";

    private static final int LONGEST = 8_192;

    /// @throws Malformed when `url` is not an absolute http or https URL of which only path and query vary
    static TargetUrl of(String url) throws Malformed {
        if (url.length() > LONGEST) {
            throw new Malformed("the URL is longer than " + LONGEST + " characters");
        }
        int end = url.indexOf("://");
        String scheme = end < 0 ? "" : url.substring(0, end).toLowerCase(Locale.ROOT);
        if (scheme.contains("{") || scheme.contains("$")) {
            throw new Malformed("the URL's scheme may not be a placeholder");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Malformed("the URL must be absolute and start with https:// or http://");
        }
        int path = authorityEnd(url, end + 3);
        String authority = url.substring(end + 3, path);
        if (authority.contains("{") || authority.contains("}") || authority.contains("$")) {
            throw new Malformed("the URL's host and port may not hold placeholders: nothing given at call time may"
                    + " choose where a call goes");
        }
        if (authority.contains("@")) {
            throw new Malformed("the URL may not hold a user name or password");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw new Malformed("the URL's host must be an ASCII name or address, its port a number");
        }
        if (url.indexOf("$${", path) >= 0) {
            throw new Malformed("the URL may not hold $${: write a $ that is none of a placeholder as %24");
        }
        if (!literal(url, path)) {
            throw new Malformed(
                    "the URL's path and query hold a character that must be percent-encoded, or a" + " fragment");
        }
        return new TargetUrl(scheme, host(parts.group("host")), port(scheme, parts.group("port")));
    }

    /// The same for a WebSocket's URL.
    ///
    /// @throws Malformed when `url` is not an absolute wss or ws URL of which only path and query vary
    static TargetUrl webSocket(String url) throws Malformed {
        String lower = url.length() > 6 ? url.substring(0, 6).toLowerCase(Locale.ROOT) : "";
        if (lower.startsWith("wss://") || lower.startsWith("ws://")) {
            return of(asHttp(url));
        }
        throw new Malformed("the URL must be absolute and start with wss:// or ws://");
    }

    /// The URL of the handshake that opens the WebSocket of `url` (RFC 6455, 3 and 4.1).
    static String asHttp(String url) {
        return "http" + url.substring(2);
    }

    /// `host:port`, the form grants and definitions use.
    String hostPort() {
        return host + ":" + port;
    }

    private static int authorityEnd(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            if ("/?#\\".indexOf(url.charAt(i)) >= 0) {
                return i;
            }
        }
        return url.length();
    }

    /// Whether `url` holds from `at` on nothing but what a URL may, percent escapes and whole `{name}`
    /// placeholders.
    private static boolean literal(String url, int at) {
        int i = at;
        while (i < url.length()) {
            char c = url.charAt(i);
            if (c == '{') {
                int close = url.indexOf('}', i);
                if (close < 0 || !placeholder(url, i + 1, close)) {
                    return false;
                }
                i = close + 1;
            } else if (c == '%') {
                if (i + 2 >= url.length() || !hex(url.charAt(i + 1)) || !hex(url.charAt(i + 2))) {
                    return false;
                }
                i += 3;
            } else if (letterOrDigit(c) || LITERAL.indexOf(c) >= 0) {
                i++;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean placeholder(String url, int from, int to) {
        for (int i = from; i < to; i++) {
            if ("{?/#+;&=\\".indexOf(url.charAt(i)) >= 0 || url.charAt(i) <= ' ' || url.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return to > from && to - from <= 128;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean hex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    }

    private static String host(String written) throws Malformed {
        String host = written.toLowerCase(Locale.ROOT);
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (bare.isEmpty()
                || bare.length() > 253
                || bare.startsWith(".")
                || bare.endsWith(".")
                || bare.contains("..")) {
            throw new Malformed("the URL's host has an empty part or is too long");
        }
        return bare;
    }

    private static int port(String scheme, @Nullable String written) throws Malformed {
        if (written == null) {
            return scheme.equals("https") ? 443 : 80;
        }
        int port = Integer.parseInt(written);
        if (port < 1 || port > 65535) {
            throw new Malformed("the URL's port is not between 1 and 65535");
        }
        return port;
    }
}
