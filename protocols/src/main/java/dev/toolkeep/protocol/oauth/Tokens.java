package dev.toolkeep.protocol.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.ToolFault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/// The access tokens in use. One is used again for the same source, token endpoint, client, secret, scope and reach
/// only, and until shortly before its end; whoever wants one that is being fetched waits for that. A token that failed
/// to come is asked for again by the next call. Nothing here blocks. Thread-safe.
public final class Tokens {
    private static final int MOST = 10_000;
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Egress egress;
    private final LongSupplier nanos;
    private final byte[] salt = new byte[32];
    private final Cache<Key, Held> held = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofHours(24))
            .build();
    /// The clients whose server wants to be told by a Basic header who they are.
    private final Cache<Client, Boolean> basic =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private record Client(String tokenUrl, String id) {}

    private record Key(String source, String tokenUrl, String client, String secret, String scope, Reach reach) {}

    /// A token, or one on its way.
    private final class Held {
        private final CompletableFuture<Granted> granted = new CompletableFuture<>();
        private volatile long until;

        boolean usable() {
            if (!granted.isDone()) {
                return true;
            }
            return granted.join() instanceof Granted.Token && nanos.getAsLong() - until < 0;
        }
    }

    public Tokens(Vertx vertx, Egress egress) {
        this(vertx, egress, System::nanoTime);
    }

    /// @param nanos a clock like [System#nanoTime]
    public Tokens(Vertx vertx, Egress egress, LongSupplier nanos) {
        this.vertx = vertx;
        this.egress = egress;
        this.nanos = nanos;
        new SecureRandom().nextBytes(salt);
    }

    /// A token for `wanted`, at the latest after the time of two visits to its endpoint. Completes with a value, on any
    /// Vert.x thread, or at once on the caller's.
    public CompletableFuture<Granted> token(Wanted wanted) {
        Held fresh = new Held();
        Held used =
                held.asMap().compute(key(wanted), (key, before) -> before != null && before.usable() ? before : fresh);
        if (fresh.equals(used)) {
            if (Context.isOnEventLoopThread()) {
                fetch(wanted, fresh);
            } else {
                vertx.runOnContext(start -> fetch(wanted, fresh));
            }
        }
        return used.granted;
    }

    /// The tool's server did not accept this token: it is not used again.
    public void rejected(Wanted wanted, String token) {
        held.asMap()
                .computeIfPresent(
                        key(wanted),
                        (key, before) -> before.granted.isDone()
                                        && before.granted.join() instanceof Granted.Token(String value, var life)
                                        && value.equals(token)
                                ? null
                                : before);
    }

    private void fetch(Wanted wanted, Held fresh) {
        TokenRequest request = new TokenRequest(egress, wanted);
        Client client = new Client(wanted.asked().tokenUrl(), wanted.clientId());
        boolean first = basic.getIfPresent(client) != null;
        long asked = nanos.getAsLong();
        request.send(first)
                .compose(outcome -> {
                    if (!outcome.clientUnknown()) {
                        return Future.succeededFuture(outcome);
                    }
                    return request.send(!first).map(second -> {
                        boolean better = second.granted() instanceof Granted.Token;
                        if (better && !first) {
                            basic.put(client, true);
                        } else if (better) {
                            basic.invalidate(client);
                        }
                        return better ? second : outcome;
                    });
                })
                .onSuccess(outcome -> {
                    if (outcome.granted() instanceof Granted.Token(String value, Duration life)) {
                        fresh.until = asked + life.minus(skew(life)).toNanos();
                    }
                    fresh.granted.complete(outcome.granted());
                })
                .onFailure(bug -> fresh.granted.complete(
                        new Granted.Failed(ToolFault.of(ToolFault.Kind.OURS, "asking for a token failed"))));
    }

    /// A tenth of its life, half a minute at most: a token must not end on its way.
    private static Duration skew(Duration life) {
        Duration tenth = life.dividedBy(10);
        return tenth.compareTo(SKEW) < 0 ? tenth : SKEW;
    }

    private Key key(Wanted wanted) {
        return new Key(
                wanted.source(),
                wanted.asked().tokenUrl(),
                wanted.clientId(),
                digest(wanted.secret()),
                wanted.asked().scope(),
                wanted.reach());
    }

    private String digest(String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return HexFormat.of().formatHex(sha.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
