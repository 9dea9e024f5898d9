package dev.toolkeep.protocol.net;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.Inet6Address;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// Opens what is not HTTP, always to an address that was judged. Thread-safe.
final class SocketClients implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 65_535;

    private final Vertx vertx;
    private final EgressOptions options;
    private final NetClient tcp;
    private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();

    SocketClients(Vertx vertx, EgressOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.tcp = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) options.connectTimeout().toMillis())
                .setReconnectAttempts(0));
    }

    Future<NetSocket> tcp(List<Addresses.Candidate> judged, String pool, Runnable closed) {
        return placed(
                pool,
                place -> Addresses.first(judged, tcp::connect)
                        .map(socket -> socket.closeHandler(end -> {
                            place.leave();
                            closed.run();
                        })));
    }

    /// A socket of its own for one exchange with the first judged address.
    Future<Datagrams> udp(List<Addresses.Candidate> judged, String pool) {
        Addresses.Candidate to = judged.getFirst();
        boolean v6 = to.address() instanceof Inet6Address;
        return placed(pool, place -> {
            DatagramSocket socket = vertx.createDatagramSocket(new DatagramSocketOptions()
                    .setReceiveBufferSize(LARGEST_DATAGRAM)
                    .setIpV6(v6));
            return socket.listen(0, v6 ? "::" : "0.0.0.0")
                    .map(listening -> new Datagrams(listening, to.server(), place::leave))
                    .onFailure(failure -> socket.close());
        });
    }

    @Override
    public void close() {
        tcp.close();
    }

    /// Opens a socket when the pool has room for one more.
    private <T> Future<T> placed(String pool, Function<Place, Future<T>> open) {
        Place place = new Place(pool);
        if (!place.taken()) {
            return Future.failedFuture(new ConnectionPoolTooBusyException("too many sockets of one source"));
        }
        return open.apply(place).onFailure(failure -> place.leave());
    }

    /// One socket among those a pool has open.
    private final class Place {
        private final String pool;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(String pool) {
            this.pool = pool;
        }

        boolean taken() {
            int now = open.merge(pool, 1, Integer::sum);
            if (now > options.connections()) {
                leave();
            }
            return now <= options.connections();
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                open.computeIfPresent(pool, (name, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
