package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.McpHouse.LONG;
import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static dev.toolkeep.protocol.mcp.McpHouse.stdio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChildProcessTest extends StdioFixture {
    @Test
    void aCommandThatDoesNotExistIsAFault() {
        McpServer missing = new McpServer.Stdio(List.of("/no/such/command"), Map.of(), "");
        assertThat(fault(house.send(missing, "echo")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void theChildGetsOnlyTheAllowedVariablesAndItsOwn() {
        McpServer server = stdio("good", Map.of("SECRET_PLACE", "x"));
        assertThat(house.text(server, "environment")).isEqualTo("LANG,PATH,SECRET_PLACE,TOOLKEEP_CHILD");
    }

    @Test
    void secretsAreFilledIntoTheEnvironmentAndOtherSecretsGetAnotherChild() {
        McpServer server = stdio("good", Map.of("SECRET_PLACE", "<${TOKEN}>"));
        assertThat(fault(house.send(server, "variable")).kind()).isEqualTo(Kind.MISSING_SECRET);
        house.secrets = name -> name.equals("TOKEN") ? "first" : null;
        assertThat(house.text(server, "variable")).isEqualTo("<first>");
        String pid = house.text(server, "pid");
        house.secrets = name -> "second";
        assertThat(house.text(server, "variable")).isEqualTo("<second>");
        house.secrets = name -> "first";
        assertThat(house.text(server, "pid")).isEqualTo(pid);
    }

    @Test
    void theWorkingFolderIsFreshAndGoneWithTheChild() throws IOException {
        Path used = Path.of(house.text(GOOD, "folder"));
        assertThat(used).startsWith(folder.toRealPath()).isEmptyDirectory();
        house.close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void closingEndsAChildThatClingsToLifeAndItsDescendants() {
        McpServer stubborn = stdio("stubborn");
        long child = Long.parseLong(house.text(stubborn, "pid"));
        long grandchild = Long.parseLong(house.text(stubborn, "spawn-stubborn"));
        CompletableFuture<Sent> waiting = house.start(stubborn, "hang", LONG);
        assertThat(alive(child)).isTrue();
        assertThat(alive(grandchild)).isTrue();
        house.close();
        await().untilAsserted(
                        () -> assertThat(alive(child) || alive(grandchild)).isFalse());
        assertThat(waiting.join()).isInstanceOf(Sent.Failed.class);
    }

    @Test
    void aGrandchildWhoseParentDiedFirstIsEndedToo() {
        List<Long> grandchild = new CopyOnWriteArrayList<>();
        house.progress = event -> grandchild.add(event.path("progress").longValue());
        assertThat(fault(house.send(GOOD, "spawn-and-die")).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(grandchild).hasSize(1);
        await().untilAsserted(() -> assertThat(alive(grandchild.getFirst())).isFalse());
    }

    @Test
    void forgettingASourceEndsItsChildren() {
        long child = Long.parseLong(house.text(GOOD, "pid"));
        house.servers.forget("other");
        assertThat(alive(child)).isTrue();
        house.servers.forget("src");
        await().untilAsserted(() -> assertThat(alive(child)).isFalse());
    }

    @Test
    void afterClosingNothingIsStarted() {
        house.servers.close();
        assertThat(fault(house.send(GOOD, "echo")).kind()).isEqualTo(Kind.CANCELLED);
    }

    @Test
    void noChildOutlivesOurOwnProcess() throws Exception {
        for (String ending : List.of("exit", "terminated")) {
            Process house = HouseMain.start(folder);
            String pids = new BufferedReader(new InputStreamReader(house.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            List<Long> children = Stream.of(pids.split(" ")).map(Long::valueOf).toList();
            assertThat(children).hasSize(2).allMatch(ChildProcessTest::alive);
            if (ending.equals("exit")) {
                house.getOutputStream().close();
            } else {
                house.destroy();
            }
            house.waitFor();
            await().untilAsserted(() -> assertThat(children).noneMatch(ChildProcessTest::alive));
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /// A virtual thread that waits for a pipe keeps its carrier: two of them would stop every virtual thread there is.
    @Test
    void noVirtualThreadWaitsForAChildsPipes() {
        house.text(GOOD, "echo");
        assertThat(Thread.getAllStackTraces().keySet()) // platform threads only
                .extracting(Thread::getName)
                .contains("mcp-reader", "mcp-errors", "mcp-writer");
    }
}
