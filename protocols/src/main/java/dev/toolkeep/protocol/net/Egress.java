package dev.toolkeep.protocol.net;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
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
    /// Each carries many requests at a time.
    private static final int HTTP2_CONNECTIONS = 2;

    private static final Duration UNUSED_POOL = Duration.ofHours(1);

    private final Vertx vertx;
    private final EgressOptions options;
    private final Addresses addresses;
    private final SocketClients sockets;
    private final Cache<ClientKey, HttpClient> clients;

    public Egress(Vertx vertx, Lookup lookup, EgressOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.addresses = new Addresses(lookup, options);
        this.sockets = new SocketClients(vertx, options);
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
        return request(method, to, target, reach, pool, HttpVersion.HTTP_1_1);
    }

    /// The same in HTTP/2 from the first byte, for protocols that are made of it: agreed on in the TLS handshake, or,
    /// to
    /// a host that may be spoken to in plain, taken for granted (RFC 9113, 3.2 and 3.3). A server that agrees on
    /// anything else is a failure before the request is sent.
    public Future<HttpClientRequest> requestHttp2(
            HttpMethod method, Destination to, String target, Reach reach, String pool) {
        return request(method, to, target, reach, pool, HttpVersion.HTTP_2)
                .compose(request -> request.version() == HttpVersion.HTTP_2
                        ? Future.succeededFuture(request)
                        : request.reset().compose(gone -> Future.failedFuture(new IOException("no HTTP/2"))));
    }

    private Future<HttpClientRequest> request(
            HttpMethod method, Destination to, String target, Reach reach, String pool, HttpVersion version) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setHost(to.host())
                .setPort(to.port())
                .setSsl(to.tls())
                .setURI(target)
                .setFollowRedirects(false)
                .setConnectTimeout(options.queueTimeout().toMillis());
        return addresses.judged(to, reach).compose(judged -> {
            HttpClient client = client(pool, version);
            return Addresses.first(judged, server -> client.request(request.setServer(server)));
        });
    }

    /// A TCP connection, not encrypted: only to what was granted. A `pool` may have so many sockets open, TCP and UDP
    /// together, as it may have HTTP connections to one server; how long they stay and what comes over them is the
    /// caller's to bound.
    ///
    /// @param closed told once when it ended, from either side; the socket's own close handler is not to be set
    public Future<NetSocket> tcp(String host, int port, Reach reach, String pool, Runnable closed) {
        return plain(host, port)
                .compose(to -> addresses.judged(to, reach))
                .compose(judged -> sockets.tcp(judged, pool, closed));
    }

    /// A UDP socket for one exchange: only with what was granted. Bounds as for TCP.
    public Future<Datagrams> udp(String host, int port, Reach reach, String pool) {
        return plain(host, port)
                .compose(to -> addresses.judged(to, reach))
                .compose(judged -> sockets.udp(judged, pool));
    }

    private static Future<Destination> plain(String host, int port) {
        try {
            return Future.succeededFuture(Destination.of("http", host + ":" + port));
        } catch (EgressDenied denied) {
            return Future.failedFuture(denied);
        }
    }

    @Override
    public void close() {
        sockets.close();
        clients.asMap().values().forEach(HttpClient::close);
        clients.invalidateAll();
    }

    private HttpClient client(String pool, HttpVersion version) {
        Thread loop = Context.isOnEventLoopThread() ? Thread.currentThread() : null;
        return clients.get(new ClientKey(pool, loop, version), key -> create(version));
    }

    private HttpClient create(HttpVersion version) {
        HttpClientOptions http = new HttpClientOptions()
                .setConnectTimeout((int) options.connectTimeout().toMillis())
                .setSslHandshakeTimeout(options.connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout((int) options.keepAlive().toSeconds())
                .setMaxHeaderSize(options.headerBytes())
                .setMaxRedirects(0)
                .setDecompressionSupported(false)
                .setVerifyHost(true);
        if (version == HttpVersion.HTTP_2) {
            http.setProtocolVersion(version)
                    .setUseAlpn(true)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_2))
                    .setHttp2ClearTextUpgrade(false)
                    .setHttp2KeepAliveTimeout((int) options.keepAlive().toSeconds())
                    .setInitialSettings(
                            new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(options.headerBytes()));
        }
        if (options.trust() != null) {
            http.setTrustOptions(options.trust());
        }
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(options.connections())
                .setHttp2MaxSize(HTTP2_CONNECTIONS)
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

    private record ClientKey(String pool, @Nullable Thread loop, HttpVersion version) {}
}
