package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.FakeHttpServer.content;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.modern;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.result;
import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.oauth.FakeTokenServer;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// MCP over HTTP behind UTCP `oauth2` (reference/utcp.md 4.2.3: ignored, or its token URL unchecked).
class McpOAuthTest extends HttpFixture {
    private final FakeTokenServer issuer = new FakeTokenServer();
    private final List<String> learned = new CopyOnWriteArrayList<>();
    private volatile String revoked = "none";

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void everyRequestCarriesTheTokenAndARefusedOneIsRenewed() {
        McpServer server = protectedServer();
        house.secrets = secrets();
        assertThat(house.text(server, "a")).isEqualTo("hi");
        assertThat(learned).contains("token-number-1");
        assertThat(issuer.visits).hasSize(1);
        revoked = "Bearer token-number-1";
        assertThat(house.text(server, "b")).isEqualTo("hi");
        assertThat(learned).contains("token-number-2");
        assertThat(issuer.visits).hasSize(2);
    }

    @Test
    void withoutATokenNothingIsSent() {
        McpServer server = protectedServer();
        assertThat(fault(house.send(server, "a")).kind()).isEqualTo(Kind.MISSING_SECRET);
        house.secrets = name -> "another secret";
        ToolFault fault = fault(house.send(server, "a"));
        assertThat(fault.message()).contains("invalid_client").doesNotContain("another");
        assertThat(seen).isEmpty();
    }

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private McpServer protectedServer() {
        FakeHttpServer server = serve((request, exchange) -> {
            String proof = request.header("Authorization");
            seen.add(proof);
            if (!proof.startsWith("Bearer token-number-") || proof.equals(revoked)) {
                exchange.sendResponseHeaders(401, -1);
            } else {
                modern((call, answer) -> result(call, answer, content("hi"))).answer(request, exchange);
            }
        });
        return new McpServer.Http(server.record().url(), Map.of(), issuer.auth(""));
    }

    private Secrets secrets() {
        return new Secrets() {
            @Override
            public @Nullable String value(String name) {
                return FakeTokenServer.SECRET;
            }

            @Override
            public void learned(String value) {
                learned.add(value);
            }
        };
    }
}
