package dev.toolkeep.remote;

import java.net.URI;
import java.util.Set;

/// Where a running Toolkeep listens. Both are addresses of this machine alone: a key never goes further.
public record Listening(URI gateway, URI console) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    public Listening {
        requireLoopback(gateway);
        requireLoopback(console);
    }

    /// @throws IllegalArgumentException when the address is not `http://` and a port of this machine
    private static void requireLoopback(URI address) {
        boolean fits = "http".equals(address.getScheme())
                && address.getHost() != null
                && LOOPBACK.contains(address.getHost())
                && address.getPort() > 0
                && address.getRawUserInfo() == null
                && (address.getRawPath() == null || address.getRawPath().isEmpty())
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        if (!fits) {
            throw new IllegalArgumentException("not an address of this machine");
        }
    }
}
