package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static dev.toolkeep.protocol.mcp.McpHouse.stdio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.McpServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandshakeTest extends StdioFixture {
    @Test
    void aModernServerIsSpokenToWithoutHandshake() {
        McpServer modern = stdio("modern");
        assertThat(house.text(modern, "echo"))
                .contains("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"")
                .contains("\"io.modelcontextprotocol/clientCapabilities\":{}");
        assertThat(house.listed(modern).tools().getFirst().label()).isEqualTo("7");
    }

    @Test
    void aServerThatDiesOfTheModernQuestionIsAskedTheOldWay() {
        assertThat(house.text(stdio("proud"), "echo")).contains("hello");
    }

    @Test
    void aServerThatIsSilentOnTheModernQuestionIsAskedTheOldWay() {
        probing(Duration.ofMillis(50));
        assertThat(house.text(stdio("slow-legacy"), "echo")).contains("hello");
        assertThat(house.text(stdio("modern"), "echo")).contains("2026-07-28");
    }

    @Test
    void olderRevisionsAreAcceptedAndUnknownOnesAreNot() {
        assertThat(house.text(stdio("version:2024-11-05"), "echo")).contains("hello");
        assertThat(fault(house.send(stdio("version:1999-01-01"), "echo")).message())
                .contains("1999-01-01");
    }
}
