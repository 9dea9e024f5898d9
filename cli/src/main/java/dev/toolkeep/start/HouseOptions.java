package dev.toolkeep.start;

import dev.toolkeep.console.ConsoleOptions;
import dev.toolkeep.engine.EngineOptions;
import dev.toolkeep.web.DoorOptions;
import java.nio.file.Path;
import java.time.Duration;

/// How one process stands.
///
/// @param data the data folder, made when it is not there
/// @param drain how long open calls may go on once it stops
public record HouseOptions(
        Path data,
        DoorOptions gateway,
        ConsoleOptions console,
        EngineOptions engine,
        StoreChoice store,
        Duration drain) {
    public static final int GATEWAY_PORT = 8080;
    public static final int CONSOLE_PORT = 8081;

    public HouseOptions {
        data = data.toAbsolutePath().normalize();
    }

    /// On loopback with the usual ports, SQLite and every other default.
    public static HouseOptions at(Path data) {
        String version = ProgramVersion.text();
        return new HouseOptions(
                data,
                DoorOptions.loopback(GATEWAY_PORT, version),
                ConsoleOptions.loopback(CONSOLE_PORT),
                EngineOptions.defaults(version),
                new StoreChoice.Sqlite(),
                Duration.ofSeconds(10));
    }

    /// The same on loopback with other ports; 0 takes a free one.
    public HouseOptions withPorts(int gatewayPort, int consolePort) {
        return new HouseOptions(
                data,
                DoorOptions.loopback(gatewayPort, engine.programVersion()),
                ConsoleOptions.loopback(consolePort),
                engine,
                store,
                drain);
    }

    public HouseOptions withEngine(EngineOptions other) {
        return new HouseOptions(data, gateway, console, other, store, drain);
    }

    public HouseOptions withStore(StoreChoice other) {
        return new HouseOptions(data, gateway, console, engine, other, drain);
    }

    public HouseOptions withDrain(Duration other) {
        return new HouseOptions(data, gateway, console, engine, store, other);
    }

    /// For a program that closes the house when the JVM ends: then nothing in it ends before its turn.
    public HouseOptions closedByProgram() {
        return withEngine(engine.withMcp(engine.mcp().closedByProgram()));
    }
}
