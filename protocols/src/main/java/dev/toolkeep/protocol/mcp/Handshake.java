package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Agrees with a server on a revision: `server/discover` first (2026-07-28, Versioning), and `initialize` when the
/// server does not know it, answers with anything else, or is silent for a while; whichever is accepted first counts.
/// Blocks: for virtual threads.
final class Handshake {
    /// Faults after which `initialize` on the same wire is no use.
    private static final Set<Kind> NO_WAY = Set.of(Kind.UNREACHABLE, Kind.EGRESS_DENIED, Kind.CANCELLED);

    private final Wire wire;
    private final McpOptions options;
    private final ObjectNode capabilities;
    private final AtomicLong ids = new AtomicLong();

    /// @param capabilities what to tell a legacy server that it may ask
    Handshake(Wire wire, McpOptions options, ObjectNode capabilities) {
        this.capabilities = capabilities;
        this.wire = wire;
        this.options = options;
    }

    sealed interface Agreed {
        record Ready(Session session) implements Agreed {}

        /// @param duringProbe the server ended over `server/discover`; it may live without it
        record Failed(ToolFault fault, boolean duringProbe) implements Agreed {}
    }

    /// @param legacy the server is known to be of the legacy era, so it is not asked
    Agreed agree(boolean legacy) {
        if (legacy) {
            return settled(initialize().join(), null);
        }
        CompletableFuture<Reply> discovered = discover();
        Reply early = within(discovered, options.times().probe());
        if (early instanceof Reply.Broken broken
                && NO_WAY.contains(broken.fault().kind())) {
            return new Agreed.Failed(broken.fault(), broken.fault().kind() == Kind.UNREACHABLE);
        }
        if (early != null) {
            return modern(early)
                    ? ready(Era.MODERN, early)
                    : settled(initialize().join(), null);
        }
        CompletableFuture<Reply> initialized = initialize();
        CompletableFuture.anyOf(discovered.thenCompose(reply -> modern(reply) ? discovered : initialized), initialized)
                .join();
        return discovered.isDone() && modern(discovered.join())
                ? ready(Era.MODERN, discovered.join())
                : settled(initialized.join(), discovered);
    }

    /// What an answer to `initialize` leads to; when it is no, a late yes to `server/discover` still counts.
    private Agreed settled(Reply initialized, @Nullable CompletableFuture<Reply> discovered) {
        if (!(initialized instanceof Reply.Result given)) {
            if (discovered != null && modern(discovered.join())) {
                return ready(Era.MODERN, discovered.join());
            }
            return new Agreed.Failed(initialized.fault(), false);
        }
        String version = given.result().path("protocolVersion").asString("");
        if (!Era.LEGACY.contains(version)) {
            String message = "the MCP server speaks protocol revision '%s', which is not supported"
                    .formatted(Printable.line(version, 40));
            return new Agreed.Failed(ToolFault.of(Kind.BAD_ANSWER, message), false);
        }
        Era era = new Era(version, false);
        within(
                wire.tell("notifications/initialized", Json.object(), era.headers("notifications/initialized", "")),
                options.times().probe());
        return ready(era, initialized);
    }

    private Agreed ready(Era era, Reply reply) {
        return new Agreed.Ready(new Session(wire, era, options, ids, capabilities(reply), label(reply)));
    }

    private CompletableFuture<Reply> discover() {
        ObjectNode params = Era.MODERN.stamp(Json.object(), options);
        return ask("server/discover", params, Era.MODERN.headers("server/discover", ""));
    }

    private CompletableFuture<Reply> initialize() {
        ObjectNode params = Json.object().put("protocolVersion", Era.NEWEST_LEGACY);
        params.set("capabilities", capabilities);
        params.set("clientInfo", Era.clientInfo(options));
        return ask("initialize", params, Map.of());
    }

    private CompletableFuture<Reply> ask(String method, ObjectNode params, Map<String, String> headers) {
        return wire.ask(new Ask(
                ids.incrementAndGet(),
                method,
                params,
                headers,
                options.times().open(),
                options.limits().messageBytes(),
                new Withdrawal(),
                Hearing.NOTHING));
    }

    private static boolean modern(Reply reply) {
        if (reply instanceof Reply.Result given) {
            for (JsonNode version : given.result().path("supportedVersions")) {
                if (version.asString("").equals(Era.MODERN.version())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ObjectNode capabilities(Reply reply) {
        return reply instanceof Reply.Result given && given.result().get("capabilities") instanceof ObjectNode said
                ? said
                : Json.object();
    }

    /// The server's own version, in either era's place; null when it has none that is fit to show.
    private static @Nullable String label(Reply reply) {
        if (!(reply instanceof Reply.Result given)) {
            return null;
        }
        JsonNode info = given.result().path("serverInfo");
        if (info.isMissingNode()) {
            info = given.result().path("_meta").path("io.modelcontextprotocol/serverInfo");
        }
        String version = info.path("version").asString("");
        return version.matches("[\\x21-\\x7e]{1,64}") ? version : null;
    }

    private static <T> @Nullable T within(CompletableFuture<T> future, Duration wait) {
        try {
            return future.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
