package dev.toolkeep.protocol.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Turns a host name into its addresses. Never asked for an address literal, and asked once a connection: the answer
/// that is judged is the answer that is used.
@FunctionalInterface
public interface Lookup {
    /// All addresses of `host`; fails, or is empty, when there are none. Must not block.
    Future<List<InetAddress>> addresses(String host);

    /// The system's hosts file and name servers, asked through Vert.x without blocking.
    static Lookup system(Vertx vertx) {
        return host -> ((VertxInternal) vertx)
                .nameResolver()
                .resolveAll(host)
                .map(found -> found.stream().map(InetSocketAddress::getAddress).toList());
    }
}
