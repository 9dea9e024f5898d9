package dev.toolkeep.console;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Where the console listens, under which names it answers, and how long it waits for whoever sends.
///
/// @param host the address to bind, such as `127.0.0.1`; never a name
/// @param port 0 lets the system choose
/// @param publicOrigins `https://host` or `https://host:port` of a proxy in front of it; loopback names need no entry
/// @param patience how long a silent connection is kept, and how long a whole body may take
public record ConsoleOptions(String host, int port, List<String> publicOrigins, Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(20);

    public ConsoleOptions {
        publicOrigins = publicOrigins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
        publicOrigins.forEach(ConsoleOptions::requireOrigin);
        requireAddress(host);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535");
        }
        if (patience.toMillis() < 1 || patience.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("the console's patience is a millisecond to an hour");
        }
    }

    /// With the usual patience.
    public ConsoleOptions(String host, int port, List<String> publicOrigins) {
        this(host, port, publicOrigins, USUAL);
    }

    /// Reachable from this machine only.
    public static ConsoleOptions loopback(int port) {
        return new ConsoleOptions("127.0.0.1", port, List.of());
    }

    public ConsoleOptions withPublicOrigins(List<String> origins) {
        return new ConsoleOptions(host, port, origins, patience);
    }

    public ConsoleOptions withPatience(Duration other) {
        return new ConsoleOptions(host, port, publicOrigins, other);
    }

    private static void requireAddress(String host) {
        try {
            InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the console binds an address such as 127.0.0.1, not a name: " + host, e);
        }
    }

    private static void requireOrigin(String origin) {
        URI uri = URI.create(origin);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        boolean bare = uri.getHost() != null && origin.equals(uri.getScheme() + "://" + uri.getRawAuthority());
        if (!web || !bare || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a public origin is https://host or https://host:port: " + origin);
        }
    }
}
