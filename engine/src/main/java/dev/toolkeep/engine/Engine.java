package dev.toolkeep.engine;

import dev.toolkeep.call.CallLog;
import dev.toolkeep.call.Discovery;
import dev.toolkeep.call.Gateway;
import dev.toolkeep.call.Keep;
import dev.toolkeep.call.Snapshots;
import dev.toolkeep.caller.Keys;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.JournalKey;
import dev.toolkeep.limits.Limits;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Protocols;
import dev.toolkeep.protocol.SelfDescribing;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.cli.CliProtocol;
import dev.toolkeep.protocol.file.FileProtocol;
import dev.toolkeep.protocol.graphql.GraphQlProtocol;
import dev.toolkeep.protocol.http.HttpProtocol;
import dev.toolkeep.protocol.mcp.McpServers;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.Fetch;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.protocol.socket.TcpProtocol;
import dev.toolkeep.protocol.socket.UdpProtocol;
import dev.toolkeep.protocol.sse.SseProtocol;
import dev.toolkeep.protocol.stream.StreamProtocol;
import dev.toolkeep.protocol.text.TextProtocol;
import dev.toolkeep.protocol.websocket.WebSocketProtocol;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.screen.Screen;
import dev.toolkeep.secret.KeyFile;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.trust.Trust;
import dev.toolkeep.vault.Vault;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One engine on one data folder: `pepper.key`, `vault.key` and `journal.key` (mode 0600, made when absent) and
/// `journal/`. Everything a program needs of it is reached from here; nothing is static.
public final class Engine implements AutoCloseable {
    private final Stores stores;
    private final Parts parts;

    /// The parts that others are handed.
    private record Parts(
            InstantSource clock,
            Keys keys,
            Vault vault,
            Journal journal,
            Snapshots snapshots,
            Discovery discovery,
            Gateway gateway,
            Outside outside) {}

    /// What speaks to the outside.
    private record Outside(Egress egress, McpServers servers, CliProtocol programs, Keep keep) {}

    private Engine(Stores stores, Parts parts) {
        this.stores = stores;
        this.parts = parts;
    }

    /// Makes and joins the parts.
    ///
    /// @throws IOException one sentence: a key file that others can read or that was changed, or a journal
    ///     that cannot be trusted
    /// @throws IllegalStateException when the store holds something that cannot be trusted
    public static Engine open(Path folder, Stores stores, Vertx vertx, InstantSource clock, EngineOptions options)
            throws IOException {
        return open(folder, stores, vertx, clock, options, Engine::nothingRegistered);
    }

    /// The same for a program that has tools of its own.
    ///
    /// @param methods answers [CallTemplate.DirectCall]
    public static Engine open(
            Path folder, Stores stores, Vertx vertx, InstantSource clock, EngineOptions options, Protocol methods)
            throws IOException {
        Keys keys = Keys.open(folder.resolve("pepper.key"));
        Vault vault = Vault.open(folder.resolve("vault.key"));
        JournalKey journalKey = journalKey(folder);
        Snapshots snapshots = new Snapshots(
                stores.catalog(),
                stores.policies(),
                stores.callers(),
                stores.secrets(),
                stores.toolsets(),
                keys,
                new SchemaCache(50_000));
        Journal journal = Journal.open(folder.resolve("journal"), journalKey, clock, options.journal());
        Egress egress = new Egress(vertx, Lookup.system(vertx), options.egress());
        Tokens tokens = new Tokens(vertx, egress);
        McpServers servers = new McpServers(vertx, egress, tokens, options.mcp());
        CliProtocol programs = new CliProtocol(options.mcp().processes());
        Keep keep = new Keep(clock, options.programVersion());
        HttpProtocol http = new HttpProtocol(vertx, egress, tokens);
        SseProtocol sse = new SseProtocol(vertx, egress, tokens);
        GraphQlProtocol graphQl = new GraphQlProtocol(http, sse);
        SelfDescribing grpc = options.grpc().open(vertx, egress, tokens);
        Protocols protocols = new Protocols(
                http,
                sse,
                new StreamProtocol(vertx, egress, tokens),
                graphQl,
                grpc,
                new TextProtocol(),
                servers,
                new Protocols.Local(programs, new FileProtocol(), own(keep, methods)),
                sockets(vertx, egress, tokens, options));
        Screen screen = new Screen();
        Gateway.Stages stages = new Gateway.Stages(
                new Trust(options.chainDepth()), new Limits(System::nanoTime), vault, protocols, screen);
        Gateway gateway = new Gateway(snapshots, stages, new CallLog(journal, clock), clock);
        Discovery discovery =
                new Discovery(new Fetch(vertx, egress), servers, protocols, grpc, vault, screen, snapshots, keep);
        Outside outside = new Outside(egress, servers, programs, keep);
        return new Engine(stores, new Parts(clock, keys, vault, journal, snapshots, discovery, gateway, outside));
    }

    private static Protocols.Sockets sockets(Vertx vertx, Egress egress, Tokens tokens, EngineOptions options) {
        return new Protocols.Sockets(
                new WebSocketProtocol(
                        vertx,
                        egress,
                        tokens,
                        new SecureRandom(),
                        options.egress().keepAlive()),
                new TcpProtocol(vertx, egress),
                new UdpProtocol(vertx, egress));
    }

    private static Protocol own(Keep keep, Protocol methods) {
        return dispatch ->
                dispatch.template() instanceof CallTemplate.DirectCall ? methods.send(dispatch) : keep.send(dispatch);
    }

    private static CompletionStage<Sent> nothingRegistered(Dispatch dispatch) {
        return CompletableFuture.completedStage(
                new Sent.Failed(ToolFault.of(ToolFault.Kind.BAD_REQUEST, "this program registered no methods")));
    }

    /// The journal's key in this data folder, made when absent; for the journal and its verifier alone.
    public static JournalKey journalKey(Path folder) throws IOException {
        byte[] secret = KeyFile.open(folder.resolve("journal.key"), "journal key", new SecureRandom());
        try {
            return JournalKey.of(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    public Stores stores() {
        return stores;
    }

    public InstantSource clock() {
        return parts.clock();
    }

    public Keys keys() {
        return parts.keys();
    }

    public Vault vault() {
        return parts.vault();
    }

    public Journal journal() {
        return parts.journal();
    }

    public Snapshots snapshots() {
        return parts.snapshots();
    }

    public Discovery discovery() {
        return parts.discovery();
    }

    public Gateway gateway() {
        return parts.gateway();
    }

    public Keep keep() {
        return parts.outside().keep();
    }

    /// Lets no new call in, waits at most ten seconds for the open ones, ends programs and MCP servers, and closes the
    /// journal.
    @Override
    public void close() {
        try {
            parts.gateway().drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            System.getLogger("dev.toolkeep.engine")
                    .log(System.Logger.Level.WARNING, "some calls were still open when the engine closed");
        }
        parts.outside().programs().close();
        parts.outside().servers().close();
        parts.outside().egress().close();
        parts.journal().close();
    }
}
