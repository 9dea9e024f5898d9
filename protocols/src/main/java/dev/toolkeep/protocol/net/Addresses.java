package dev.toolkeep.protocol.net;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Looks hosts up and judges where they lead. A name is looked up once for a while; its addresses are judged every
/// time, and one denied address among them denies the host. Thread-safe.
final class Addresses {
    private static final int TRIED = 3;

    private final Lookup lookup;
    private final EgressOptions options;
    private final Cache<Destination, List<Candidate>> resolved;

    /// One address of a destination and the same as Vert.x wants it.
    record Candidate(InetAddress address, SocketAddress server) {}

    Addresses(Lookup lookup, EgressOptions options) {
        this.lookup = lookup;
        this.options = options;
        this.resolved = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(options.lookupTtl())
                .build();
    }

    /// The addresses of `to`, each of which `reach` lets through; fails with [EgressDenied] otherwise.
    Future<List<Candidate>> judged(Destination to, Reach reach) {
        List<Candidate> known = resolved.getIfPresent(to);
        return known != null
                ? judge(to, known, reach)
                : look(to).compose(found -> {
                    List<Candidate> candidates = candidates(to, found);
                    resolved.put(to, candidates);
                    return judge(to, candidates, reach);
                });
    }

    /// Connects to the first address that answers. Nothing was sent before a failure here, so trying the next is safe.
    static <T> Future<T> first(List<Candidate> judged, Function<SocketAddress, Future<T>> connect) {
        return first(judged, connect, 0);
    }

    private static <T> Future<T> first(List<Candidate> judged, Function<SocketAddress, Future<T>> connect, int at) {
        Future<T> connected = connect.apply(judged.get(at).server());
        boolean more = at + 1 < Math.min(judged.size(), TRIED);
        return more ? connected.recover(failure -> first(judged, connect, at + 1)) : connected;
    }

    private Future<List<InetAddress>> look(Destination to) {
        InetAddress literal = to.literal();
        if (literal != null) {
            return Future.succeededFuture(List.of(literal));
        }
        return lookup.addresses(to.host())
                .timeout(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(found -> found.isEmpty()
                        ? Future.failedFuture(new UnknownHostException("no address"))
                        : Future.succeededFuture(found));
    }

    private static Future<List<Candidate>> judge(Destination to, List<Candidate> candidates, Reach reach) {
        try {
            for (Candidate candidate : candidates) {
                reach.judge(to, candidate.address());
            }
            return Future.succeededFuture(candidates);
        } catch (EgressDenied denied) {
            return Future.failedFuture(denied);
        }
    }

    /// Pools are told apart by server text, so the server is always written as its address, never as the name that
    /// led to it: another answer for the same name is another pool.
    private static List<Candidate> candidates(Destination to, List<InetAddress> addresses) {
        List<Candidate> candidates = new ArrayList<>(addresses.size());
        for (InetAddress address : addresses) {
            InetAddress plain = withoutName(address);
            candidates.add(new Candidate(plain, SocketAddress.inetSocketAddress(to.port(), plain.getHostAddress())));
        }
        return List.copyOf(candidates);
    }

    private static InetAddress withoutName(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
