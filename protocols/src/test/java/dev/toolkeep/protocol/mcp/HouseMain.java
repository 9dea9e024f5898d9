package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.McpHouse.stdio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A process of its own that opens a child and a grandchild, neither of which wants to go, prints their ids, and ends
/// without closing anything: by itself when its input is closed, or when somebody terminates it.
public final class HouseMain {
    private HouseMain() {}

    public static void main(String[] args) throws IOException {
        McpHouse house = new McpHouse(McpHouse.options(Path.of(args[0])));
        String child = house.text(stdio("stubborn"), "pid");
        String grandchild = house.text(stdio("stubborn"), "spawn-stubborn");
        System.out.println(child + " " + grandchild);
        System.exit(System.in.read() < 0 ? 0 : 1);
    }

    static Process start(Path folder) throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HouseMain.class.getName(),
                folder.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
