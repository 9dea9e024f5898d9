package dev.toolkeep.start;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.console.ConsoleServer;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.protocol.grpc.GrpcProtocol;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.store.SqlStore;
import dev.toolkeep.store.StoreUnusable;
import dev.toolkeep.web.GatewayServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/// One running Toolkeep: a data folder, an engine on it, the gateway's and the console's listener.
///
/// The gateway listens before the console, which takes longer to make. Thread-safe.
public final class House implements AutoCloseable {
    private final Unwinding unwinding;
    private final DataFolder folder;
    private final Running running;
    private final AdminRooms rooms;
    private final String setupLink;
    private final List<String> unknown;

    private House(
            Unwinding unwinding,
            DataFolder folder,
            Running running,
            AdminRooms rooms,
            String setupLink,
            List<String> unknown) {
        this.unwinding = unwinding;
        this.folder = folder;
        this.running = running;
        this.rooms = rooms;
        this.setupLink = setupLink;
        this.unknown = unknown;
    }

    /// Opens everything; when one part fails, those before it are closed again.
    public static House start(HouseOptions options) throws CannotStart {
        Unwinding unwinding = new Unwinding();
        try {
            return open(options, unwinding);
        } catch (CannotStart e) {
            unwinding.run();
            throw e;
        } catch (IOException e) {
            unwinding.run();
            throw CannotStart.of(options.data(), e);
        } catch (UncheckedIOException e) {
            unwinding.run();
            throw CannotStart.of(options.data(), Objects.requireNonNull(e.getCause()));
        } catch (StoreUnusable | IllegalStateException e) {
            unwinding.run();
            throw new CannotStart(String.valueOf(e.getMessage()), e);
        } catch (Refused e) {
            unwinding.run();
            throw new CannotStart(e.why().message() + "; " + e.why().advice(), e);
        } catch (RuntimeException | Error e) {
            unwinding.run();
            throw e;
        }
    }

    private static House open(HouseOptions options, Unwinding unwinding) throws CannotStart, IOException, Refused {
        InstantSource clock = InstantSource.system();
        DataFolder folder = unwinding.later(DataFolder.claim(options.data()));
        SqlStore store = unwinding.later(store(options));
        Stores stores =
                new Stores(store.catalog(), store.callers(), store.policies(), store.sealedSecrets(), store.toolsets());
        Vertx vertx = vertx();
        unwinding.later(() -> vertx.close().await());
        Engine engine = unwinding.later(Engine.open(
                folder.path(), stores, vertx, clock, options.engine().withGrpc(GrpcProtocol::new)));
        AdminRooms.Setting setting = new AdminRooms.Setting(options.engine().programVersion(), Duration.ofSeconds(60));
        AdminRooms rooms = AdminRooms.over(folder.path(), engine, setting);
        new FirstStart(rooms, folder.path()).make();
        GatewayServer gateway = gateway(vertx, engine, options);
        AutoCloseable doors = () -> gateway.stop(options.drain()).await();
        unwinding.later(doors);
        ConsoleServer console = unwinding.later(ConsoleServer.start(options.console(), rooms));
        unwinding.later(doors); // the doors close before the console does
        Running running = new Running(
                url(options.gateway().host(), gateway.port()),
                url(options.console().host(), console.port()),
                ProcessHandle.current().pid(),
                clock.instant());
        folder.announce(running);
        String link =
                running.console().resolve("/setup/" + rooms.setup().issue()).toString();
        return new House(
                unwinding, folder, running, rooms, link, engine.journal().unknown());
    }

    public int gatewayPort() {
        return running.gateway().getPort();
    }

    public int consolePort() {
        return running.console().getPort();
    }

    /// The data folder.
    public Path folder() {
        return folder.path();
    }

    /// The key of the caller `operator`, made on the first start.
    public Path operatorToken() {
        return folder.path().resolve(DataFolder.OPERATOR_TOKEN);
    }

    /// The key of the caller `agent`, made on the first start.
    public Path agentKey() {
        return folder.path().resolve(DataFolder.AGENT_KEY);
    }

    /// Whether the key in this file opens a door now. It does not when its owner took the file away, or revoked it, or
    /// put another store under it.
    public boolean works(Path keyFile) {
        if (!Files.exists(keyFile, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Secret key = SecretFile.read(keyFile)) {
            rooms.authenticate("Bearer " + key.reveal());
            return true;
        } catch (Refused | CannotStart | IOException e) {
            return false;
        }
    }

    public Running running() {
        return running;
    }

    /// Where the first person gets an operator's key, once.
    public String setupLink() {
        return setupLink;
    }

    /// The calls of an earlier process whose outcome nobody knows.
    public List<String> unknown() {
        return unknown;
    }

    /// Refuses new calls, lets open ones end within the drain time, then closes every part. Once is enough.
    @Override
    public synchronized void close() {
        unwinding.run();
    }

    private static SqlStore store(HouseOptions options) throws CannotStart, IOException {
        return switch (options.store()) {
            case StoreChoice.Sqlite() -> SqlStore.sqlite(options.data());
            case StoreChoice.Postgres(String url, String user, Path passwordFile) -> {
                try (Secret password = passwordFile == null ? Secret.of("") : SecretFile.read(passwordFile)) {
                    yield SqlStore.postgres(url, user, password);
                }
            }
        };
    }

    private static Vertx vertx() {
        FileSystemOptions files =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return Vertx.vertx(new VertxOptions().setFileSystemOptions(files));
    }

    private static GatewayServer gateway(Vertx vertx, Engine engine, HouseOptions options) throws CannotStart {
        try {
            return GatewayServer.start(vertx, engine.gateway(), options.gateway())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BindException taken) {
                throw new CannotStart(
                        "the gateway cannot listen on " + options.gateway().host() + ":"
                                + options.gateway().port()
                                + ": it is taken or not this machine's; choose another with --port",
                        taken);
            }
            throw e;
        }
    }

    /// How this machine itself reaches a listener.
    private static URI url(String host, int port) {
        String name = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        };
        return URI.create("http://" + name + ":" + port);
    }
}
