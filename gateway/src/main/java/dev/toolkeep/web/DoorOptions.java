package dev.toolkeep.web;

import java.time.Duration;
import java.util.List;

/// How the listener stands.
///
/// @param host the address to bind
/// @param port the port to bind; 0 takes a free one
/// @param publicOrigins the origins (`https://tools.example.com`) under which a proxy in front is reached, beside the
///     loopback names that are allowed by themselves when bound to loopback
/// @param bodyBytes the most a request body may measure
/// @param loops event loops that serve
/// @param connections the most connections open at once; one more is closed
/// @param patience how long peers may take
/// @param version this program's version, shown to clients
public record DoorOptions(
        String host,
        int port,
        List<String> publicOrigins,
        int bodyBytes,
        int loops,
        int connections,
        Patience patience,
        String version) {
    public DoorOptions {
        publicOrigins = List.copyOf(publicOrigins);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535");
        }
        if (bodyBytes < 1 || loops < 1 || connections < 1) {
            throw new IllegalArgumentException("body size, loops and connections must be at least 1");
        }
    }

    /// How long a peer may take, each from the end of the step before: for the first request's head on a new
    /// connection, for a body, and for the next request on a kept connection. Dripping bytes gains no time.
    public record Patience(Duration head, Duration body, Duration idle) {
        public static final Patience USUAL =
                new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(75));
    }

    /// Loopback, 1 MiB bodies, one event loop a processor.
    public static DoorOptions loopback(int port, String version) {
        int loops = Runtime.getRuntime().availableProcessors();
        return new DoorOptions("127.0.0.1", port, List.of(), 1 << 20, loops, 20_000, Patience.USUAL, version);
    }

    public DoorOptions withHost(String address) {
        return new DoorOptions(address, port, publicOrigins, bodyBytes, loops, connections, patience, version);
    }

    public DoorOptions withPublicOrigins(List<String> origins) {
        return new DoorOptions(host, port, origins, bodyBytes, loops, connections, patience, version);
    }

    public DoorOptions withBodyBytes(int most) {
        return new DoorOptions(host, port, publicOrigins, most, loops, connections, patience, version);
    }

    public DoorOptions withConnections(int most) {
        return new DoorOptions(host, port, publicOrigins, bodyBytes, loops, most, patience, version);
    }

    public DoorOptions withPatience(Patience other) {
        return new DoorOptions(host, port, publicOrigins, bodyBytes, loops, connections, other, version);
    }
}
