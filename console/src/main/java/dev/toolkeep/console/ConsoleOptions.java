package dev.toolkeep.console;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/// Where the console listens and under which names it answers.
///
/// @param host the address to bind, such as `127.0.0.1`
/// @param port 0 lets the system choose
/// @param publicOrigins `https://host` or `https://host:port` of a proxy in front of it; loopback names need no entry
public record ConsoleOptions(String host, int port, List<String> publicOrigins) {
    public ConsoleOptions {
        publicOrigins = publicOrigins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
        for (String origin : publicOrigins) {
            URI uri = URI.create(origin);
            boolean bare = uri.getRawAuthority() != null
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
            if (!bare || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw new IllegalArgumentException("a public origin is https://host or https://host:port: " + origin);
            }
        }
    }

    /// Reachable from this machine only.
    public static ConsoleOptions loopback(int port) {
        return new ConsoleOptions("127.0.0.1", port, List.of());
    }
}
