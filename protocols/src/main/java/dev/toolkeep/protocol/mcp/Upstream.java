package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.mcp.Handshake.Agreed;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.protocol.process.Child;
import dev.toolkeep.protocol.process.Launch;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one connection to one server: opened by the first who needs it, shared by all, opened again after its end. The
/// first reopening is immediate; failures in a row are followed by growing pauses in which everybody is told the last
/// fault at once. Thread-safe.
final class Upstream {
    private final Vertx vertx;
    private final Egress egress;
    private final Tokens tokens;
    private final Target target;
    private final McpOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Agreed> current;
    private @Nullable Watch watched;
    private boolean legacy;
    private boolean closed;
    private int failures;
    private long retryAt;
    private ToolFault lastFault = ToolFault.of(Kind.UNREACHABLE, "the MCP server ended");
    private volatile long lastUsed = System.nanoTime();
    private volatile boolean toolsChanged;
    private volatile boolean modernOnly;

    Upstream(Vertx vertx, Egress egress, Tokens tokens, Target target, McpOptions options) {
        this.vertx = vertx;
        this.egress = egress;
        this.tokens = tokens;
        this.target = target;
        this.options = options;
        this.legacy = !target.key().party().everybody(); // a modern server needs no connection of its own
    }

    /// The connection, ready or why there is none. Never completes exceptionally; takes as long as opening may take.
    CompletableFuture<Agreed> session() {
        lastUsed = System.nanoTime();
        lock.lock();
        try {
            if (closed) {
                return failed(ToolFault.of(Kind.CANCELLED, "the connection to the MCP server was closed"));
            }
            if (current != null) {
                return current;
            }
            if (failures > 1 && System.nanoTime() - retryAt < 0) {
                return failed(lastFault);
            }
            CompletableFuture<Agreed> promise = new CompletableFuture<>();
            current = promise;
            Thread.ofVirtual().name("mcp-open").start(() -> promise.complete(open()));
            return promise;
        } finally {
            lock.unlock();
        }
    }

    private static CompletableFuture<Agreed> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Agreed.Failed(fault, false));
    }

    private Agreed open() {
        Agreed agreed;
        try {
            agreed = attempt(legacy);
            if (agreed instanceof Agreed.Failed failed && failed.duringProbe()) {
                agreed = attempt(true);
            }
        } catch (RuntimeException e) {
            agreed = new Agreed.Failed(ToolFault.of(Kind.OURS, "connecting to the MCP server failed"), false);
        }
        lock.lock();
        try {
            if (agreed instanceof Agreed.Failed failed) {
                forget(failed.fault());
                legacy = !target.key().party().everybody();
            } else if (agreed instanceof Agreed.Ready ready) {
                legacy = !ready.session().era().modern();
                if (watched == null || watched.dead) {
                    ToolFault fault = ToolFault.of(Kind.UNREACHABLE, "the MCP server ended");
                    forget(fault);
                    return new Agreed.Failed(fault, false);
                }
            }
            return agreed;
        } finally {
            lock.unlock();
        }
    }

    private Agreed attempt(boolean knownLegacy) {
        Watch watch = new Watch();
        Wire wire;
        try {
            wire = connect(watch);
        } catch (IOException e) {
            ToolFault fault = new ToolFault(
                    Kind.UNREACHABLE, "the MCP server's command could not be started", "", lastPart(e.getMessage()));
            return new Agreed.Failed(fault, false);
        }
        lock.lock();
        try {
            watch.wire = wire;
            watched = watch;
        } finally {
            lock.unlock();
        }
        if (closed()) {
            wire.close();
        }
        Agreed agreed = new Handshake(wire, options, target.key().party().capabilities()).agree(knownLegacy);
        if (agreed instanceof Agreed.Failed) {
            wire.close();
        }
        return agreed;
    }

    private Wire connect(Watch watch) throws IOException {
        return switch (target.key().server()) {
            case McpServer.Stdio stdio ->
                StdioWire.start(
                        Child.start(
                                Launch.open(
                                        stdio.command(),
                                        target.filled(),
                                        McpOptions.INHERITED,
                                        stdio.workingDirectory()),
                                options.processes()),
                        options,
                        !target.key().party().everybody(),
                        watch);
            case McpServer.Http _ -> new HttpWire(vertx, egress, tokens, target, options, watch);
        };
    }

    /// "error=2, No such file or directory", without the path before it.
    private static String lastPart(@Nullable String message) {
        return message == null
                ? ""
                : Printable.text(
                        message.substring(message.lastIndexOf(": ") + 1).strip());
    }

    /// Tells `secrets` which access tokens were used, so that no answer repeats one.
    void tell(Secrets secrets) {
        target.learned().forEach(secrets::learned);
    }

    /// Whether the server was found to have no legacy era, so that nobody tries it again.
    boolean modernOnly() {
        return modernOnly;
    }

    void foundModernOnly() {
        modernOnly = true;
    }

    Target target() {
        return target;
    }

    /// What a reply says of the connection: one that reached the server ends the counting of failures; one that shows
    /// that the server forgot us, or was replaced by one of another era, makes the next call negotiate again.
    void heard(Session session, Reply reply) {
        lock.lock();
        try {
            if (stale(session, reply)) {
                if (watched != null && session.wire().equals(watched.wire)) {
                    current = null;
                    watched = null;
                    legacy = false;
                }
            } else if (!(reply instanceof Reply.Broken)) {
                failures = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean stale(Session session, Reply reply) {
        boolean modern = session.era().modern();
        return switch (reply) {
            case Reply.SessionLost _ -> true;
            case Reply.Status status -> status.status() == 400 || status.status() == 404 || status.status() == 405;
            case Reply.RpcError error ->
                error.code() == -32022
                        || (modern && error.status() == 404)
                        || (!modern && error.status() == 400 && (error.code() == -32000 || error.code() == -32001));
            case Reply.Result _ -> false;
            case Reply.Broken _ -> false;
        };
    }

    /// Whether the server said that its tools changed since the last time this was taken.
    boolean toolsChanged() {
        return toolsChanged;
    }

    void listing() {
        toolsChanged = false;
    }

    /// Unused for at least that long, and nothing in flight.
    boolean idleFor(Duration time) {
        Watch watch = watched();
        return System.nanoTime() - lastUsed >= time.toNanos() && (watch == null || !watch.busy());
    }

    long lastUsed() {
        return lastUsed;
    }

    /// Ends the connection for good; blocks until a child process is gone.
    void close() {
        Watch watch;
        lock.lock();
        try {
            closed = true;
            watch = watched;
        } finally {
            lock.unlock();
        }
        Wire wire = watch == null ? null : watch.wire;
        if (wire != null) {
            wire.close();
        }
    }

    private boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Watch watched() {
        lock.lock();
        try {
            return watched;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets the connection, which failed or ended, and counts that. The caller holds the lock.
    private void forget(ToolFault fault) {
        current = null;
        failures++;
        lastFault = fault;
        long pause = options.times().firstBackOff().toNanos() << Math.clamp(failures - 2, 0, 20);
        retryAt = System.nanoTime()
                + Math.min(pause, options.times().longestBackOff().toNanos());
    }

    private final class Watch implements Wire.Events {
        private volatile @Nullable Wire wire;
        private volatile boolean dead;

        boolean busy() {
            Wire open = wire;
            return open != null && open.busy();
        }

        @Override
        public void toolsChanged() {
            toolsChanged = true;
        }

        @Override
        public void died() {
            lock.lock();
            try {
                dead = true;
                if (watched == this && current != null && current.isDone()) {
                    forget(ToolFault.of(Kind.UNREACHABLE, "the MCP server ended"));
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
