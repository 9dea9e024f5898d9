package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.journal.Written;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceAdminTest {
    @TempDir
    Path folder;

    private OpenRooms open;
    private SourceAdmin sources;

    @BeforeEach
    void open() throws Exception {
        open = OpenRooms.open(folder);
        sources = open.rooms().sources();
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void anAddedSourcesToolsWait() throws Exception {
        open.source("pets", "one", "two");
        assertThat(sources.show("pets").tools()).isEqualTo(Map.of(Standing.Status.PENDING, 2));
        assertThat(open.records("tool.offered")).hasSize(2);
    }

    @Test
    void aPreviewKeepsNothingButItsRecord() throws Exception {
        Reading read = sources.preview(BY, OpenRooms.order("pets", open.manual("pets", "one")));
        assertThat(read).isInstanceOf(Reading.Read.class);
        assertThat(sources.list()).isEmpty();
        assertThat(open.engine().stores().catalog().standings()).isEmpty();
        assertThat(open.records("source.previewed")).hasSize(1);
    }

    @Test
    void aSourceThatCannotBeReadIsNotAddedAndTheTryIsRecorded() throws Exception {
        Reading read = sources.add(BY, OpenRooms.order("pets", folder.resolve("none.json")));
        assertThat(read).isInstanceOf(Reading.Unreadable.class);
        assertThat(sources.list()).isEmpty();
        assertThat(open.records("source"))
                .extracting(Written::type)
                .containsExactly("source.asked", "source.unreadable");
        assertThat(open.records("source.unreadable").getFirst().text("code")).isEqualTo("tool_unreachable");
    }

    @Test
    void oneDeadSourceDoesNotStopTheOthers() throws Exception {
        open.source("apes", "one");
        open.source("bees", "one");
        open.source("cats", "one");
        Files.delete(open.manual("bees"));
        open.manual("cats", "one", "two");
        List<Reading> readings = sources.refreshAll(BY);
        assertThat(readings).extracting(reading -> reading.source().name()).containsExactly("apes", "bees", "cats");
        assertThat(readings.get(1)).isInstanceOf(Reading.Unreadable.class);
        assertThat(sources.show("cats").tools()).isEqualTo(Map.of(Standing.Status.PENDING, 2));
        assertThat(sources.show("bees").tools()).isEqualTo(Map.of(Standing.Status.PENDING, 1));
        assertThat(sources.show("bees").lastRead()).isNotNull();
    }

    @Test
    void aSourceRemovedWhileItIsReadDoesNotStopTheOthers() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 8, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            String at = "127.0.0.1:" + slow.getLocalPort();
            Future<Reading> adding = others.submit(() ->
                    sources.add(BY, new SourceOrder("bees", new Origin.Manual("http://" + at + "/utcp"), Set.of(at))));
            answer(slow.accept());
            assertThat(adding.get()).isInstanceOf(Reading.Read.class);
            open.source("cats", "one");
            open.manual("cats", "one", "two");
            Future<List<Reading>> refreshing = others.submit(() -> sources.refreshAll(BY));
            Socket asked = slow.accept();
            sources.remove(BY, "bees");
            answer(asked);
            assertThat(refreshing.get())
                    .extracting(reading -> reading.source().name())
                    .contains("cats");
        }
        assertThat(sources.list()).extracting(state -> state.source().name()).containsExactly("cats");
        assertThat(sources.show("cats").tools()).isEqualTo(Map.of(Standing.Status.PENDING, 2));
    }

    @Test
    void readingAgainIsRecordedBeforeAndAfter() throws Exception {
        open.source("pets", "one");
        Files.delete(open.manual("pets"));
        sources.refresh(BY, "pets");
        assertThat(open.records("source").stream().skip(2).map(Written::type))
                .containsExactly("source.asked", "source.unreadable");
    }

    @Test
    void whenTheJournalCannotBeWrittenNoSourceIsRead() throws Exception {
        open.source("pets", "one");
        open.engine().journal().close();
        assertThat(OpenRooms.refused(() -> sources.refreshAll(BY)).code()).isEqualTo(Refusal.Code.UNAVAILABLE);
        assertThat(OpenRooms.refused(() -> sources.preview(BY, OpenRooms.order("more", folder.resolve("x"))))
                        .code())
                .isEqualTo(Refusal.Code.UNAVAILABLE);
    }

    @Test
    void anApprovedToolThatChangesRestsAlone() throws Exception {
        open.source("pets", "one", "two");
        open.rooms().tools().approve(BY, List.of(open.seen("pets.one"), open.seen("pets.two")), null, false);
        open.manual("pets", "one=other", "two");
        sources.refresh(BY, "pets");
        assertThat(sources.show("pets").tools())
                .isEqualTo(Map.of(Standing.Status.DRIFTED, 1, Standing.Status.APPROVED, 1));
    }

    @Test
    void aSourceAddedAgainBeginsWithoutApprovals() throws Exception {
        open.source("pets", "one");
        open.rooms().tools().approve(BY, List.of(open.seen("pets.one")), null, false);
        sources.remove(BY, "pets");
        assertThat(open.engine().snapshots().now().registry().find("pets.one")).isNull();
        open.source("pets", "one");
        assertThat(open.rooms().tools().show(ToolName.parse("pets.one")).status())
                .isEqualTo(Standing.Status.PENDING);
    }

    @Test
    void namesThatAreTakenOrOursAreRefused() throws Exception {
        open.source("pets", "one");
        Path manual = open.manual("more", "one");
        assertThat(OpenRooms.refused(() -> sources.add(BY, OpenRooms.order("pets", manual)))
                        .rule())
                .isEqualTo("source-exists");
        for (String name : List.of("keep", "", "A", "a.b", "-a", "a".repeat(33))) {
            assertThat(OpenRooms.refused(() -> sources.add(BY, OpenRooms.order(name, manual)))
                            .code())
                    .as(name)
                    .isEqualTo(Refusal.Code.INVALID);
        }
    }

    @Test
    void credentialsInClearAreRefusedAndNeverSaid() {
        List<Origin> origins = List.of(
                new Origin.Manual("https://user:hunter22@tools.example/utcp"),
                new Origin.Mcp(new McpServer.Stdio(List.of("srv", "--api-key=hunter22"), Map.of(), "")),
                new Origin.Mcp(new McpServer.Stdio(List.of("srv", "--token", "hunter22"), Map.of(), "")),
                new Origin.Mcp(new McpServer.Stdio(List.of("srv"), Map.of("API_TOKEN", "hunter22"), "")),
                new Origin.Mcp(
                        new McpServer.Http("https://tools.example/mcp", Map.of("Authorization", "Bearer hunter22"))));
        for (Origin origin : origins) {
            Refusal why = OpenRooms.refused(() -> sources.add(BY, new SourceOrder("m", origin, Set.of())));
            assertThat(why.code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(why.message() + why.advice()).doesNotContain("hunter22");
        }
    }

    @Test
    void locationsThatLeadAstrayAreRefused() {
        for (String location : List.of(
                "relative.json",
                "file:///etc/passwd",
                "ftp://x/y",
                "/etc/../etc/passwd",
                "/a/./b",
                "/a//b",
                "http:///x",
                "https://x/#y",
                "https://x/\ny",
                "",
                "javascript:1")) {
            assertThat(OpenRooms.refused(
                                    () -> sources.add(BY, new SourceOrder("m", new Origin.Manual(location), Set.of())))
                            .code())
                    .as(location)
                    .isEqualTo(Refusal.Code.INVALID);
        }
    }

    private static void answer(Socket socket) throws IOException {
        try (socket) {
            socket.getInputStream().read(new byte[4096]);
            String manual = "{\"utcp_version\":\"1.0.2\",\"manual_version\":\"1.0.0\",\"tools\":[]}";
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                                    + manual.length() + "\r\n\r\n" + manual)
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }
}
