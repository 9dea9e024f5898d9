package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.mcp.McpOptions;
import dev.toolkeep.protocol.mcp.McpServers;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Lookup;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpServer;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/// Against a server in shell script, which is also told each value of `${TOKEN}` and repeats it in its error.
class McpContractTest extends ProtocolContract {
    private static final String SERVER = """
            while IFS= read -r line; do
              id=; [[ $line =~ \\"id\\":(-?[0-9]+) ]] && id=${BASH_REMATCH[1]}
              head="{\\"jsonrpc\\":\\"2.0\\",\\"id\\":$id"
              case $line in
                *'"initialize"'*) echo "$head,\\"result\\":{\\"protocolVersion\\":\\"2025-06-18\\",\\"capabilities\\":{},\\"serverInfo\\":{\\"name\\":\\"shell\\",\\"version\\":\\"1\\"}}}" ;;
                *'"ping"'*) echo "$head,\\"result\\":{}}" ;;
                *'"name":"answers"'*) echo "$head,\\"result\\":{\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"more than sixteen bytes\\"}]}}" ;;
                *'"name":"large"'*) printf '%s' "$head,\\"result\\":{\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\""
                                    head -c 2000000 /dev/zero | tr '\\0' x; echo '"}]}}' ;;
                *'"name":"breaks"'*) echo "$head,\\"error\\":{\\"code\\":-32000,\\"message\\":\\"no $TOKEN\\"}}" ;;
                *'"name":"hangs"'*) : >"$HUNG" ;;
                *'"server/discover"'*) echo "$head,\\"error\\":{\\"code\\":-32601,\\"message\\":\\"no\\"}}" ;;
              esac
            done
            """;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened for every test
    private Vertx vertx;

    @SuppressWarnings("NullAway.Init") // opened for every test
    private Egress egress;

    @SuppressWarnings("NullAway.Init") // opened for every test
    private McpServers servers;

    @Override
    protected Kit open() {
        vertx = Vertx.vertx();
        egress = new Egress(vertx, Lookup.system(vertx), EgressOptions.defaults());
        servers = new McpServers(vertx, egress, McpOptions.standard("0.0.1"));
        return new Kit(
                servers,
                Reach.PUBLIC,
                call("answers", Map.of()),
                call("hangs", Map.of()),
                call("large", Map.of()),
                call("breaks", Map.of("TOKEN", "${TOKEN}")));
    }

    private CallTemplate call(String name, Map<String, String> env) {
        Map<String, String> all = new java.util.TreeMap<>(env);
        all.put("HUNG", folder.resolve("hung").toString());
        return new CallTemplate.Mcp(new McpServer.Stdio(List.of("/bin/bash", "-c", SERVER), all, ""), name);
    }

    @Override
    protected void awaitHanging() {
        while (!Files.exists(folder.resolve("hung"))) {
            Thread.onSpinWait();
        }
    }

    @Override
    protected void close() throws Exception {
        servers.close();
        egress.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
