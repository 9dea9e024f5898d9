package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.McpHouse.LONG;
import static dev.toolkeep.protocol.mcp.McpHouse.stdio;

import dev.toolkeep.tool.McpServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A house for one test, with a server that behaves until a tool's name asks it not to.
abstract class StdioFixture {
    static final McpServer GOOD = stdio("good");

    @TempDir
    Path folder;

    McpHouse house;

    @BeforeEach
    void open() {
        house = new McpHouse(McpHouse.options(folder));
    }

    @AfterEach
    void close() {
        house.close();
    }

    void limit(McpOptions.Limits limits) {
        house.close();
        house = new McpHouse(McpHouse.options(folder).with(limits));
    }

    /// A house that waits only `probe` for a sign of life.
    void probing(Duration probe) {
        house.close();
        house = new McpHouse(McpHouse.options(folder)
                .with(new McpOptions.Times(
                        LONG, probe, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(300), LONG)));
    }

    static McpOptions.Limits limits(int messageBytes, int garbage, int strays, int tools, int pages) {
        return new McpOptions.Limits(256, 64, messageBytes, 1 << 20, garbage, strays, tools, pages);
    }
}
