package dev.toolkeep.protocol.net;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The only code that opens connections to tools. A name is looked up once, every address it has is judged against
/// what the source may reach, and the connection goes to an address that was judged, with the URL's own host in the
/// Host header, SNI and certificate check. One denied address among them denies the host. Redirects are not followed
/// and no proxy is used.
///
/// Connections are kept alive and shared inside one `pool` (a source) and event loop only. Thread-safe. A request
/// started on an event loop stays on it.
public final class Egress implements AutoCloseable {
    private static final int ADDRESSES_TRIED = 3;
    private static final Duration UNUSED_POOL = Duration.ofHours(1);

    private final Vertx vertx;
    private final Lookup lookup;
    private final EgressOptions options;
    private final Cache<Destination, List<Candidate>> resolved;
    private final Cache<ClientKey, HttpClient> clients;

    public Egress(Vertx vertx, Lookup lookup, EgressOptions options) {
        this.vertx = vertx;
        this.lookup = lookup;
        this.options = options;
        this.resolved = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(options.lookupTtl())
                .build();
        this.clients = Caffeine.newBuilder()
                .maximumSize(20_000)
                .expireAfterAccess(UNUSED_POOL)
                .<ClientKey, HttpClient>evictionListener((key, client, cause) -> retire(client))
                .build();
    }

    /// A request that is connected and not yet sent. Fails with [EgressDenied] when the guard says no; any other
    /// failure is the network's. The caller bounds the time of the exchange and the size of the answer.
    public Future<HttpClientRequest> request(HttpMethod method, URI uri, Reach reach, String pool) {
        try {
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
            return request(method, Destination.of(uri), target, reach, pool);
        } catch (EgressDenied denied) {
            return Future.failedFuture(denied);
        }
    }

    /// The same for a destination read before; `target` is the encoded path and query.
    public Future<HttpClientRequest> request(
            HttpMethod method, Destination to, String target, Reach reach, String pool) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setHost(to.host())
                .setPort(to.port())
                .setSsl(to.tls())
                .setURI(target)
                .setFollowRedirects(false)
                .setConnectTimeout(options.queueTimeout().toMillis());
        List<Candidate> known = resolved.getIfPresent(to);
        return known != null
                ? judgeAndConnect(request, to, known, reach, pool)
                : look(to).compose(found -> {
                    List<Candidate> candidates = candidates(to, found);
                    resolved.put(to, candidates);
                    return judgeAndConnect(request, to, candidates, reach, pool);
                });
    }

    @Override
    public void close() {
        clients.asMap().values().forEach(HttpClient::close);
        clients.invalidateAll();
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

    private Future<HttpClientRequest> judgeAndConnect(
            RequestOptions request, Destination to, List<Candidate> candidates, Reach reach, String pool) {
        try {
            for (Candidate candidate : candidates) {
                reach.judge(to, candidate.address());
            }
        } catch (EgressDenied denied) {
            return Future.failedFuture(denied);
        }
        return connect(client(pool), request, candidates, 0);
    }

    /// Connects to the first address that answers. Nothing was sent before a failure here, so trying the next is safe.
    private static Future<HttpClientRequest> connect(
            HttpClient client, RequestOptions request, List<Candidate> judged, int at) {
        Future<HttpClientRequest> connected =
                client.request(request.setServer(judged.get(at).server()));
        boolean more = at + 1 < Math.min(judged.size(), ADDRESSES_TRIED);
        return more ? connected.recover(failure -> connect(client, request, judged, at + 1)) : connected;
    }

    private HttpClient client(String pool) {
        Thread loop = Context.isOnEventLoopThread() ? Thread.currentThread() : null;
        return clients.get(new ClientKey(pool, loop), key -> create());
    }

    private HttpClient create() {
        HttpClientOptions http = new HttpClientOptions()
                .setConnectTimeout((int) options.connectTimeout().toMillis())
                .setSslHandshakeTimeout(options.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout((int) options.keepAlive().toSeconds())
                .setMaxHeaderSize(options.headerBytes())
                .setMaxRedirects(0)
                .setDecompressionSupported(false)
                .setVerifyHost(true);
        if (options.trust() != null) {
            http.setTrustOptions(options.trust());
        }
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(options.connections())
                .setMaxWaitQueueSize(options.queued())
                .setCleanerPeriod(5_000);
        return vertx.httpClientBuilder()
                .with(http)
                .with(pool)
                // What a tool's server does wrong ends its calls; unheard, Vert.x would also log each as an error of
                // ours.
                .withConnectHandler(connection -> connection.exceptionHandler(heard -> {}))
                .build();
    }

    private static void retire(@Nullable HttpClient client) {
        if (client != null) {
            client.shutdown(1, TimeUnit.HOURS);
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

    /// One address of a destination and the same as Vert.x wants it.
    private record Candidate(InetAddress address, SocketAddress server) {}

    private record ClientKey(String pool, @Nullable Thread loop) {}
}
