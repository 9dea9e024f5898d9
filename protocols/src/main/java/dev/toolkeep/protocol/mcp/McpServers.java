package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.mcp.Handshake.Agreed;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The MCP servers of all sources: one long-lived connection for each server of a source and the secrets filled into
/// it, opened when first needed, opened again after its end, shared by concurrent calls.
///
/// Guarantees: every call ends, at the latest with its timeout; a server that prints garbage, hangs, floods or dies
/// costs its own calls only; no child process, nor anything one started, outlives [#close] or (unless the options say
/// otherwise) the normal end of this JVM. Speaks 2026-07-28 and, by `initialize`, 2025-11-25, 2025-06-18, 2025-03-26
/// and 2024-11-05. A server may ask what a call's [Questions] say it may, nothing else; a legacy server that may ask
/// has
/// a connection for each party. Thread-safe.
public final class McpServers implements Protocol, AutoCloseable {
    private final Vertx vertx;
    private final Egress egress;
    private final Tokens tokens;
    private final McpOptions options;
    private final byte[] salt = new byte[32];
    private final ConcurrentHashMap<Target.Key, Upstream> upstreams = new ConcurrentHashMap<>();
    private final Thread atExit = new Thread(this::closeAll, "mcp-at-exit");
    private volatile boolean closed;

    public McpServers(Vertx vertx, Egress egress, McpOptions options) {
        this(vertx, egress, new Tokens(vertx, egress), options);
    }

    public McpServers(Vertx vertx, Egress egress, Tokens tokens, McpOptions options) {
        this.vertx = vertx;
        this.egress = egress;
        this.tokens = tokens;
        this.options = options;
        new SecureRandom().nextBytes(salt);
        if (options.closesAtExit()) {
            Runtime.getRuntime().addShutdownHook(atExit);
        }
    }

    /// Calls a tool, reads a resource, fills in a prompt, or asks for a completion.
    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        Outlet outlet = new Outlet(dispatch);
        if (!(dispatch.template() instanceof CallTemplate.Mcp template)) {
            outlet.finish(failed(Kind.OURS, "this is no MCP tool"));
            return outlet.outcome();
        }
        switch (find(dispatch.source(), template.server(), dispatch.secrets(), dispatch.reach())) {
            case Found.No(ToolFault fault) -> outlet.finish(new Sent.Failed(fault));
            case Found.Yes(Upstream upstream) -> {
                outlet.before(() -> upstream.tell(dispatch.secrets()));
                var _ = new Call(upstream, this::own, dispatch, template, outlet)
                        .attempt(true)
                        .exceptionally(_ -> failed(Kind.OURS, "calling the MCP server failed"))
                        .thenAccept(outlet::finish);
            }
        }
        return outlet.outcome();
    }

    /// Asks a server for all its tools. Completes at the latest after `timeout`, on any thread; never exceptionally.
    public CompletionStage<McpListed> list(
            String source, McpServer server, Secrets secrets, Reach reach, Duration timeout) {
        CompletableFuture<McpListed> listed = new CompletableFuture<>();
        Thread.ofVirtual().name("mcp-list").start(() -> {
            try {
                listed.complete(
                        switch (find(source, server, secrets, reach)) {
                            case Found.No(ToolFault fault) -> new McpListed.Failed(fault);
                            case Found.Yes(Upstream upstream) -> {
                                McpListed found = listNow(upstream, source, server, timeout);
                                upstream.tell(secrets);
                                yield found;
                            }
                        });
            } catch (RuntimeException bug) {
                listed.complete(
                        new McpListed.Failed(ToolFault.of(Kind.OURS, "asking the MCP server for its tools failed")));
            }
        });
        return listed;
    }

    private static McpListed listNow(Upstream upstream, String source, McpServer server, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        upstream.listing();
        McpListed listed = new McpListed.Failed(Call.slowStart());
        for (int attempt = 0; attempt < 2; attempt++) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            Agreed agreed = Call.within(upstream.session(), left).join();
            if (!(agreed instanceof Agreed.Ready ready)) {
                return agreed instanceof Agreed.Failed failed ? new McpListed.Failed(failed.fault()) : listed;
            }
            boolean[] lost = new boolean[1];
            listed = ready.session().list(source, server, left, reply -> {
                upstream.heard(ready.session(), reply);
                lost[0] |= reply instanceof Reply.SessionLost;
            });
            if (!lost[0]) {
                return listed;
            }
        }
        return listed;
    }

    /// Whether this server said, since it was last listed, that its list of tools changed.
    public boolean listChanged(String source, McpServer server) {
        return upstreams.entrySet().stream()
                .anyMatch(entry -> entry.getKey().source().equals(source)
                        && entry.getKey().server().equals(server)
                        && entry.getValue().toolsChanged());
    }

    /// Ends every connection of a source, for one that was removed. Returns at once.
    public void forget(String source) {
        retire(entry -> entry.getKey().source().equals(source));
    }

    /// Ends every connection and child process; calls in flight end with a fault. Blocks until they are gone.
    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is going down and runs the hook itself.
        }
    }

    private void closeAll() {
        closed = true;
        List<Thread> closing = new ArrayList<>();
        for (Upstream upstream : upstreams.values()) {
            closing.add(Thread.ofPlatform().daemon().name("mcp-close").start(upstream::close));
        }
        upstreams.clear();
        for (Thread each : closing) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private sealed interface Found {
        record Yes(Upstream upstream) implements Found {}

        record No(ToolFault fault) implements Found {}
    }

    private Found find(String source, McpServer server, Secrets secrets, Reach reach) {
        return switch (Target.fill(source, server, secrets, reach, salt)) {
            case Target.Filling.Missing(String name) ->
                no(Kind.MISSING_SECRET, "the MCP server needs the secret " + name + ", which was not granted");
            case Target.Filling.Unusable(String reason) -> no(Kind.BAD_REQUEST, reason);
            case Target.Filling.Filled(Target target) -> {
                Upstream open = upstreams.get(target.key());
                yield open != null ? new Found.Yes(open) : create(target);
            }
        };
    }

    /// The connection of one party to the same server.
    private @Nullable Upstream own(Upstream shared, Target.Party party) {
        Target target = shared.target().of(party);
        Upstream open = upstreams.get(target.key());
        return open != null ? open : create(target) instanceof Found.Yes(Upstream made) ? made : null;
    }

    private static Found no(Kind kind, String message) {
        return new Found.No(ToolFault.of(kind, message));
    }

    private Found create(Target target) {
        // The same server with other secrets or another reach was replaced by this one.
        retire(entry -> entry.getKey().sameServer(target.key())
                && entry.getValue().idleFor(options.times().idle()));
        if (upstreams.size() >= options.limits().connections() && !evictOne()) {
            return no(Kind.UNREACHABLE, "too many MCP servers are connected");
        }
        Upstream created =
                upstreams.computeIfAbsent(target.key(), _ -> new Upstream(vertx, egress, tokens, target, options));
        if (closed) {
            created.close();
        }
        return new Found.Yes(created);
    }

    private boolean evictOne() {
        return upstreams.entrySet().stream()
                .filter(entry -> entry.getValue().idleFor(Duration.ZERO))
                .min(Comparator.comparingLong(entry -> entry.getValue().lastUsed()))
                .map(oldest -> retire(entry -> entry.getValue() == oldest.getValue()))
                .orElse(false);
    }

    private boolean retire(Predicate<Map.Entry<Target.Key, Upstream>> which) {
        boolean any = false;
        for (Map.Entry<Target.Key, Upstream> entry : upstreams.entrySet()) {
            if (which.test(entry) && upstreams.remove(entry.getKey(), entry.getValue())) {
                Thread.ofVirtual().name("mcp-close").start(entry.getValue()::close);
                any = true;
            }
        }
        return any;
    }

    private static Sent failed(Kind kind, String message) {
        return new Sent.Failed(ToolFault.of(kind, message));
    }
}
