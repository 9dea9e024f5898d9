package dev.toolkeep.e2e.badinput;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An MCP server that runs as a child process and whose tools misbehave as they are called: `garbage` prints what is no
/// message, `hang` never answers, `die` ends the process. It stands on the JDK alone. With the argument `noise` it
/// never gets as far as having tools.
public final class HostileChild {
    private static final Pattern ID = Pattern.compile("\"id\":(-?\\d+)");
    private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
    private static final Pattern TOOL = Pattern.compile("\"params\":\\{\"name\":\"([^\"]+)\"");
    private static final String LIST =
            "{\"tools\":[" + tool("echo") + "," + tool("garbage") + "," + tool("hang") + "," + tool("die") + "]}";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private HostileChild() {}

    /// The `origin` of a source that is such a server.
    static String origin(String... arguments) {
        StringBuilder command = new StringBuilder();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        for (String word : new String[] {
            java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classes(), HostileChild.class.getName()
        }) {
            command.append(command.isEmpty() ? "\"" : ",\"").append(word).append('"');
        }
        for (String argument : arguments) {
            command.append(",\"").append(argument).append('"');
        }
        return "{\"kind\":\"mcp\",\"command\":[" + command + "]}";
    }

    public static void main(String[] arguments) throws IOException {
        new HostileChild().serve(arguments.length > 0);
    }

    private void serve(boolean noisy) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (noisy) {
            noise();
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String id = first(ID, line);
            switch (first(METHOD, line)) {
                case "server/discover" ->
                    out.println("{\"jsonrpc\":\"2.0\",\"id\":" + id
                            + ",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
                case "initialize" ->
                    result(
                            id,
                            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                                    + "\"serverInfo\":{\"name\":\"hostile\",\"version\":\"1\"}}");
                case "ping" -> result(id, "{}");
                case "tools/list" -> result(id, LIST);
                case "tools/call" -> call(id, first(TOOL, line));
                default -> {
                    // Notifications.
                }
            }
        }
    }

    private void call(String id, String tool) {
        switch (tool) {
            case "echo" -> result(id, "{\"content\":[{\"type\":\"text\",\"text\":\"still here\"}]}");
            case "garbage" -> noise();
            case "die" -> Runtime.getRuntime().halt(9);
            default -> {
                // The answer never comes.
            }
        }
    }

    private void noise() {
        while (!out.checkError()) {
            out.println("Segmentation fault {\"jsonrpc\": maybe\u0000 <html>");
        }
    }

    private void result(String id, String json) {
        out.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + json + "}");
    }

    private static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}";
    }

    private static String first(Pattern pattern, String line) {
        Matcher found = pattern.matcher(line);
        return found.find() ? found.group(1) : "";
    }

    /// Where this class lies: its class path needs nothing else.
    private static String classes() {
        String file = HostileChild.class.getName().replace('.', '/') + ".class";
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Path.of(entry, file).toFile().isFile()) {
                return Path.of(entry).toAbsolutePath().toString();
            }
        }
        throw new IllegalStateException("the test classes are not in a folder");
    }
}
