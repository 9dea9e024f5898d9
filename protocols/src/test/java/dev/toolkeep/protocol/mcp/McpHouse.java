package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Json;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// MCP servers with everything they stand on, for tests.
final class McpHouse implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final McpOptions.Times TIMES = new McpOptions.Times(
            LONG,
            Duration.ofSeconds(20),
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(300),
            Duration.ofMinutes(1));

    final Vertx vertx = Vertx.vertx();
    final Egress egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
    final ExecutorService home = Executors.newSingleThreadExecutor(task -> new Thread(task, "home"));
    final McpServers servers;
    Secrets secrets = Secrets.none();
    Reach reach = new Reach(Set.of("127.0.0.1"));
    Progress progress = Progress.ignored();
    Withdrawal withdrawal = new Withdrawal();

    McpHouse(McpOptions options) {
        servers = new McpServers(vertx, egress, options);
    }

    static McpOptions options(Path folder) {
        Map<String, String> environment = Map.of(
                "PATH", String.valueOf(System.getenv("PATH")), "LANG", "C.UTF-8", "OUR_OWN_SECRET", "do not inherit");
        return new McpOptions("0.0.1", environment, folder, TIMES, McpOptions.Limits.STANDARD, true);
    }

    static McpServer stdio(String manner) {
        return stdio(manner, Map.of());
    }

    static McpServer stdio(String manner, Map<String, String> env) {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String classes = Path.of(FakeStdioServer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        List<String> command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classes,
                FakeStdioServer.class.getName(),
                manner);
        return new McpServer.Stdio(command, env, "");
    }

    CompletableFuture<Sent> start(McpServer server, String tool, Duration timeout) {
        return start(new CallTemplate.Mcp(server, tool), timeout, 1 << 20);
    }

    CompletableFuture<Sent> start(CallTemplate template, Duration timeout, int answerBytes) {
        return servers.send(new Dispatch(
                        "src",
                        template,
                        Json.object().put("message", "hello"),
                        secrets,
                        reach,
                        timeout,
                        answerBytes,
                        "req-1",
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        home,
                        progress,
                        withdrawal))
                .toCompletableFuture();
    }

    Sent send(McpServer server, String tool) {
        return start(server, tool, LONG).orTimeout(90, TimeUnit.SECONDS).join();
    }

    Sent send(McpServer server, String tool, Duration timeout) {
        return start(server, tool, timeout).orTimeout(90, TimeUnit.SECONDS).join();
    }

    /// The text of the first content block.
    String text(McpServer server, String tool) {
        return text(send(server, tool));
    }

    static String text(Sent sent) {
        if (sent instanceof Sent.Answered(Answer.Blocks blocks)) {
            return blocks.content().path(0).path("text").asString("");
        }
        throw new AssertionError("no answer but " + sent);
    }

    static ToolFault fault(Sent sent) {
        if (sent instanceof Sent.Failed(ToolFault fault)) {
            return fault;
        }
        throw new AssertionError("no fault but " + sent);
    }

    McpListed list(McpServer server) {
        return servers.list("src", server, secrets, reach, LONG)
                .toCompletableFuture()
                .orTimeout(90, TimeUnit.SECONDS)
                .join();
    }

    McpListed.Listed listed(McpServer server) {
        if (list(server) instanceof McpListed.Listed listed) {
            return listed;
        }
        throw new AssertionError("not listed");
    }

    @Override
    public void close() {
        servers.close();
        egress.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        home.shutdownNow();
    }
}
