package dev.toolkeep.protocol.net;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a request goes: scheme, host and port of a URL, in the one spelling the guard accepts. `host` is lower-case
/// ASCII, an IPv6 address in brackets; `literal` is its address when the host is one.
public record Destination(
        boolean tls, String host, int port, @Nullable InetAddress literal) {
    /// Reads a URL's destination.
    ///
    /// @throws EgressDenied for any scheme but http and https, user information, or an unusual spelling of a host
    public static Destination of(URI uri) throws EgressDenied {
        String scheme = uri.getScheme();
        String authority = uri.getRawAuthority();
        if (scheme == null || authority == null) {
            throw new EgressDenied("the URL has no scheme or no host");
        }
        return of(scheme, authority);
    }

    /// Reads a destination from a scheme and an authority (`host` or `host:port`).
    public static Destination of(String scheme, String authority) throws EgressDenied {
        boolean tls = switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> false;
            default -> throw new EgressDenied("only http and https URLs are followed");
        };
        if (authority.indexOf('@') >= 0) {
            throw new EgressDenied("a URL with user information is not followed");
        }
        int colon = authority.startsWith("[") ? authority.indexOf("]:") + 1 : authority.indexOf(':');
        boolean given = colon > 0;
        HostName host = HostName.parse(given ? authority.substring(0, colon) : authority);
        int port = given ? port(authority.substring(colon + 1)) : tls ? 443 : 80;
        return new Destination(tls, host.text(), port, host.literal());
    }

    /// `https://host:port`, the port left out when it is the scheme's own.
    public String origin() {
        return (tls ? "https://" : "http://") + host + (port == (tls ? 443 : 80) ? "" : ":" + port);
    }

    static int port(String digits) throws EgressDenied {
        boolean plain = !digits.isEmpty() && digits.length() <= 5;
        for (int i = 0; i < digits.length(); i++) {
            plain = plain && digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        int port = plain ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw new EgressDenied("the port is not 1 to 65535");
        }
        return port;
    }
}
