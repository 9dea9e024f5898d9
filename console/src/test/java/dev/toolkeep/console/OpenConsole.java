package dev.toolkeep.console;

import static org.awaitility.Awaitility.await;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.admin.Operator;
import dev.toolkeep.call.Keep;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A whole console: real engine in a folder of the test's, real listener on a free port, the JDK's client in front of
/// it. It begins with the built-in tools waiting, no policy, the operator `boss` and the agent `ann` of role `agent`.
public final class OpenConsole implements AutoCloseable {
    /// Where the administration API begins.
    public static final String API = "/api/v1";

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final JournalOptions JOURNAL = new JournalOptions(1 << 20, 65_536, false);

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final MovedClock clock = new MovedClock();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Engine engine;
    private final AdminRooms rooms;
    private final ConsoleServer server;
    private final String operatorKey;
    private final String agentKey;

    private OpenConsole(Path folder, Stores stores, ConsoleOptions options, JournalOptions journal, Duration deadline)
            throws IOException, Refused {
        this.folder = folder;
        EngineOptions engineOptions = EngineOptions.defaults("1.2.3").withJournal(journal);
        engine = Engine.open(folder, stores, vertx, clock, engineOptions);
        rooms = AdminRooms.over(folder, engine, new AdminRooms.Setting("1.2.3", deadline));
        rooms.sources().addBuiltin(Keep.SOURCE);
        operatorKey = caller("boss", Caller.Kind.OPERATOR);
        agentKey = caller("ann", Caller.Kind.AGENT, "agent");
        server = ConsoleServer.start(options, rooms);
    }

    public static OpenConsole open(Path folder) {
        return open(folder, Stores.inMemory());
    }

    public static OpenConsole open(Path folder, Stores stores) {
        return open(folder, stores, ConsoleOptions.loopback(0), JOURNAL);
    }

    /// One that gives a source no longer than this to say what it offers.
    public static OpenConsole open(Path folder, Duration deadline) {
        return open(folder, Stores.inMemory(), ConsoleOptions.loopback(0), JOURNAL, deadline);
    }

    public static OpenConsole open(Path folder, Stores stores, ConsoleOptions options, JournalOptions journal) {
        return open(folder, stores, options, journal, DEADLINE);
    }

    private static OpenConsole open(
            Path folder, Stores stores, ConsoleOptions options, JournalOptions journal, Duration deadline) {
        try {
            return new OpenConsole(folder, stores, options, journal, deadline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Refused e) {
            throw new AssertionError(e.why().toString(), e);
        }
    }

    public AdminRooms rooms() {
        return rooms;
    }

    public Engine engine() {
        return engine;
    }

    public MovedClock clock() {
        return clock;
    }

    public ConsoleServer server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    /// `127.0.0.1:port`, the name it answers under.
    public String host() {
        return "127.0.0.1:" + port();
    }

    public String operatorKey() {
        return operatorKey;
    }

    public String agentKey() {
        return agentKey;
    }

    /// Adds a caller with one key, and gives the key.
    public String caller(String id, Caller.Kind kind, String... roles) throws Refused {
        rooms.agents().add(Operator.program(), Caller.of(id, kind, Set.of(roles), Set.of()));
        return rooms.agents().mint(Operator.program(), id, null).key().reveal();
    }

    public Answer get(String path) {
        return ask("GET", API + path, BodyPublishers.noBody());
    }

    public Answer post(String path, String json) {
        return ask("POST", API + path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    public Answer put(String path, String json) {
        return ask("PUT", API + path, BodyPublishers.ofString(json), "Content-Type", "application/json");
    }

    public Answer delete(String path) {
        return ask("DELETE", API + path, BodyPublishers.noBody());
    }

    /// Any request, with the operator's key unless the headers say another `Authorization`; an empty one means none.
    public Answer ask(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + host() + path)).method(method, body);
        boolean own = false;
        for (int i = 0; i < headers.length; i += 2) {
            boolean authorization = headers[i].equals("Authorization");
            own |= authorization;
            if (!authorization || !headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        if (!own) {
            request.header("Authorization", "Bearer " + operatorKey);
        }
        try {
            return Answer.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Every record of this type in the journal's files, oldest first.
    public List<JsonNode> records(String type) {
        List<JsonNode> found = new ArrayList<>();
        for (String line : journal().lines().toList()) {
            try {
                JsonNode record = StrictJson.parse(line.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
                if (record.path("type").asString("").equals(type)) {
                    found.add(record);
                }
            } catch (Malformed e) {
                // the head, or a line that is being written
            }
        }
        return found;
    }

    /// The record that a refused request leaves, once it is there.
    public JsonNode refused(String code, Request request) throws IOException {
        nextSecond();
        int before = refusals(code).size();
        request.send();
        return await().until(() -> refusals(code), found -> found.size() > before)
                .getLast();
    }

    /// One request or several.
    public interface Request {
        void send() throws IOException;
    }

    private List<JsonNode> refusals(String code) {
        return records("console.refused").stream()
                .filter(record -> record.path("code").asString("").equals(code))
                .toList();
    }

    /// All that the journal's files hold.
    public String journal() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// So that what is refused next is recorded, whatever was refused in this second.
    public void nextSecond() {
        clock.forward(Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }
}
