package dev.toolkeep.protocol.net;

import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The bounds of the way out.
///
/// @param connectTimeout for looking a name up, for connecting, and for the TLS handshake, each
/// @param queueTimeout how long a request may wait for a free connection
/// @param connections the most connections to one server, for each source and event loop
/// @param queued the most requests waiting for a connection to one server, for each source and event loop
/// @param keepAlive how long an idle connection is kept
/// @param lookupTtl how long looked-up addresses are used again; they are judged again every time
/// @param headerBytes the most the headers of a response may measure
/// @param trust the certificate authorities to trust; null: those of the JDK
public record EgressOptions(
        Duration connectTimeout,
        Duration queueTimeout,
        int connections,
        int queued,
        Duration keepAlive,
        Duration lookupTtl,
        int headerBytes,
        @Nullable TrustOptions trust) {
    public static EgressOptions defaults() {
        return new EgressOptions(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                64,
                1_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                32 * 1024,
                null);
    }

    public EgressOptions withConnections(int most, int waiting) {
        return new EgressOptions(connectTimeout, queueTimeout, most, waiting, keepAlive, lookupTtl, headerBytes, trust);
    }

    public EgressOptions withLookupTtl(Duration ttl) {
        return new EgressOptions(connectTimeout, queueTimeout, connections, queued, keepAlive, ttl, headerBytes, trust);
    }

    public EgressOptions withTrust(TrustOptions authorities) {
        return new EgressOptions(
                connectTimeout, queueTimeout, connections, queued, keepAlive, lookupTtl, headerBytes, authorities);
    }
}
