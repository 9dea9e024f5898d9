package dev.toolkeep.admin;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.engine.Engine;
import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.journal.Written;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.tool.ToolName;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The admin rooms over a real engine in a folder of the test's, with manuals as files, and a clock that stands still
/// until it is moved.
final class OpenRooms implements AutoCloseable {
    static final Operator BY = Operator.program();
    static final Instant START = Instant.parse("2026-11-21T09:30:00Z");

    private final Path folder;
    private final Vertx vertx = Vertx.vertx();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final Engine engine;
    private final AdminRooms rooms;

    private OpenRooms(Path folder, Stores stores, JournalOptions journal) throws IOException {
        this.folder = Files.createDirectory(folder.resolve("data"));
        InstantSource clock = now::get;
        engine = Engine.open(
                this.folder,
                stores,
                vertx,
                clock,
                EngineOptions.defaults("1.2.3").withJournal(journal));
        rooms = AdminRooms.over(this.folder, engine, new AdminRooms.Setting("1.2.3", Duration.ofSeconds(20)));
    }

    static OpenRooms open(Path folder) throws IOException {
        return open(folder, Stores.inMemory(), 65_536);
    }

    /// @param waiting how many records may wait for the disk
    static OpenRooms open(Path folder, Stores stores, int waiting) throws IOException {
        return new OpenRooms(folder, stores, new JournalOptions(1 << 20, waiting, false));
    }

    AdminRooms rooms() {
        return rooms;
    }

    Engine engine() {
        return engine;
    }

    Path folder() {
        return folder;
    }

    void forward(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    /// Writes the manual of a source, with these tools; each `name` or `name=description`.
    Path manual(String source, String... tools) throws IOException {
        String list = Stream.of(tools).map(OpenRooms::tool).collect(Collectors.joining(","));
        return Files.writeString(
                folder.resolveSibling(source + ".json"),
                "{\"utcp_version\":\"1.0.2\",\"manual_version\":\"1.0.0\",\"tools\":[" + list + "]}");
    }

    private static String tool(String text) {
        String name = text.split("=", 2)[0];
        return "{\"name\":\"" + name + "\",\"description\":\"" + text + "\",\"inputs\":{\"type\":\"object\"},"
                + "\"tool_call_template\":{\"call_template_type\":\"http\",\"http_method\":\"GET\",\"url\":\"https://tools.example/"
                + name + "\"}}";
    }

    static SourceOrder order(String source, Path manual) {
        return new SourceOrder(source, new Origin.Manual(manual.toString()), Set.of());
    }

    /// Adds a source with these tools.
    void source(String name, String... tools) throws Exception {
        rooms.sources().add(BY, order(name, manual(name, tools)));
    }

    /// The tool as it is offered now, as an operator saw it.
    Choice seen(String tool) throws Refused {
        ToolName name = ToolName.parse(tool);
        return new Choice(
                name, Objects.requireNonNull(rooms.tools().show(name).standing().offered()));
    }

    void operator(String id) throws Refused {
        rooms.agents().add(BY, Caller.of(id, Caller.Kind.OPERATOR, Set.of(), Set.of()));
    }

    /// Every record of this type or beginning, oldest first.
    List<Written> records(String type) throws IOException {
        LogQuery query = new LogQuery(type, "", "", Instant.MIN, Instant.MAX);
        return rooms.log().oldest(query, 0, 1000);
    }

    /// An order that must be refused.
    interface Order {
        void give() throws Exception;
    }

    static Refusal refused(Order order) {
        try {
            order.give();
        } catch (Refused refused) {
            return refused.why();
        } catch (Exception e) {
            throw new AssertionError("no refusal", e);
        }
        throw new AssertionError("it was not refused");
    }

    @Override
    public void close() {
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
