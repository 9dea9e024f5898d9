package dev.toolkeep.protocol.mcp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A house and HTTP servers for one test.
abstract class HttpFixture {
    @TempDir
    Path folder;

    McpHouse house;
    private final List<FakeHttpServer> served = new ArrayList<>();

    @BeforeEach
    void open() {
        house = new McpHouse(McpHouse.options(folder));
    }

    @AfterEach
    void close() {
        house.close();
        served.forEach(FakeHttpServer::close);
    }

    FakeHttpServer serve(FakeHttpServer.Manner manner) {
        FakeHttpServer server = new FakeHttpServer(manner);
        served.add(server);
        return server;
    }
}
