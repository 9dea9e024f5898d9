package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.process.ProcessOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// How this side introduces itself to MCP servers and how much it puts up with from them.
///
/// @param version our own version, told to servers as `clientInfo`
/// @param environment the variables children may inherit from; only [#INHERITED] of them are passed on
/// @param folder where fresh working directories for children are made
/// @param closesAtExit whether everything is closed at the first sign that the JVM ends; a program that lets open calls
///     end first says no and closes it by itself
public record McpOptions(
        String version,
        Map<String, String> environment,
        Path folder,
        Times times,
        Limits limits,
        boolean closesAtExit) {
    /// The only variables a child inherits.
    static final java.util.List<String> INHERITED = java.util.List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    public McpOptions {
        environment = Map.copyOf(environment);
    }

    /// This process's environment and temporary folder, and the default times and limits.
    public static McpOptions standard(String version) {
        return new McpOptions(
                version,
                System.getenv(),
                Path.of(System.getProperty("java.io.tmpdir")),
                Times.STANDARD,
                Limits.STANDARD,
                true);
    }

    /// What its children, and other programs, find on this machine.
    public ProcessOptions processes() {
        return new ProcessOptions(environment, folder);
    }

    public McpOptions with(Times changed) {
        return new McpOptions(version, environment, folder, changed, limits, closesAtExit);
    }

    public McpOptions with(Limits changed) {
        return new McpOptions(version, environment, folder, times, changed, closesAtExit);
    }

    public McpOptions closedByProgram() {
        return new McpOptions(version, environment, folder, times, limits, false);
    }

    /// @param open starting a server and agreeing on a protocol revision
    /// @param probe how long one question about the revision, or about being alive, waits for its answer
    /// @param firstBackOff the pause after the second failure in a row; it doubles from there
    /// @param longestBackOff the longest such pause
    /// @param grace how long a child may take to end after its input is closed, and again after SIGTERM
    /// @param idle how long a connection with outdated secrets is kept without a call
    public record Times(
            Duration open,
            Duration probe,
            Duration firstBackOff,
            Duration longestBackOff,
            Duration grace,
            Duration idle) {
        public static final Times STANDARD = new Times(
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofMillis(250),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofMinutes(2));
    }

    /// @param connections open at once, over all sources
    /// @param pending calls in flight on one connection
    /// @param messageBytes the longest message of a server
    /// @param queuedBytes what may wait to be written to one server
    /// @param garbage lines in a row that are no JSON-RPC message before a server is declared broken
    /// @param strays messages in ten seconds that are no answers before a server is declared broken
    /// @param tools in one list
    /// @param pages of one list
    public record Limits(
            int connections,
            int pending,
            int messageBytes,
            int queuedBytes,
            int garbage,
            int strays,
            int tools,
            int pages) {
        public static final Limits STANDARD = new Limits(256, 1024, 16 << 20, 32 << 20, 1000, 20_000, 10_000, 100);
    }
}
