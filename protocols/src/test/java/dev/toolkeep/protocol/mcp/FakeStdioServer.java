package dev.toolkeep.protocol.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An MCP server with bad manners, run as a child process with the test's own java. It stands on the JDK alone; the
/// first argument says how it behaves.
public final class FakeStdioServer {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private static final Pattern ID = Pattern.compile("\"id\":(-?\\d+)");
    private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
    private static final Pattern TOOL = Pattern.compile("\"params\":\\{\"name\":\"([^\"]+)\"");

    private final String manner;
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private String cancelled = "";

    private FakeStdioServer(String manner) {
        this.manner = manner;
    }

    public static void main(String[] args) throws Exception {
        new FakeStdioServer(args[0]).run();
    }

    private void run() throws IOException, InterruptedException {
        switch (manner) {
            case "sleeper" -> sleepForEver();
            case "stubborn" -> Runtime.getRuntime().addShutdownHook(new Thread(FakeStdioServer::sleepForEver));
            case "banner" -> say("Welcome!\n{\"not\": \"rpc\"}\n[1,2\n\u0000\u0001");
            case "noise" -> {
                while (!OUT.checkError()) {
                    say("all work and no play");
                }
            }
            case "huge" -> {
                while (!OUT.checkError()) {
                    OUT.print("x".repeat(4096));
                }
            }
            case "flood" -> {
                while (!OUT.checkError()) {
                    say("{\"jsonrpc\":\"2.0\",\"id\":123456,\"result\":{}}");
                }
            }
            case "exits" -> {
                System.err.println("cannot find my configuration");
                System.exit(3);
            }
            default -> {
                // Manners that show later.
            }
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            take(line);
        }
        if (manner.equals("stubborn")) {
            sleepForEver();
        }
    }

    private void take(String line) throws IOException, InterruptedException {
        String method = group(METHOD, line);
        String id = group(ID, line);
        switch (method) {
            case "server/discover" -> discover(id, line);
            case "initialize" -> initialize(id);
            case "ping" -> result(id, "{}");
            case "tools/list" -> list(id, line);
            case "tools/call" -> call(id, group(TOOL, line), line);
            case "notifications/cancelled" -> cancelled = line;
            default -> {
                // Notifications and answers.
            }
        }
    }

    private void discover(String id, String line) throws InterruptedException {
        switch (manner) {
            case "modern" ->
                result(
                        id,
                        "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],"
                                + "\"capabilities\":{},\"serverInfo\":{\"name\":\"fake\",\"version\":\"7\"},\"seen\":"
                                + line.contains("io.modelcontextprotocol/protocolVersion") + "}");
            case "proud" -> System.exit(1);
            case "slow-legacy" -> {
                // Says nothing to what it does not know.
            }
            default -> error(id, -32601, "Method not found");
        }
    }

    private void initialize(String id) {
        if (manner.equals("mute")) {
            return;
        }
        if (manner.equals("modern")) {
            error(id, -32601, "no handshake here");
            return;
        }
        String version = manner.startsWith("version:") ? manner.substring(8) : "2025-11-25";
        result(
                id,
                "{\"protocolVersion\":\"" + version + "\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"fake\",\"version\":\"1.2.3\"}}");
    }

    private void list(String id, String line) {
        switch (manner) {
            case "endless" -> result(id, "{\"tools\":[" + tool("t" + id) + "],\"nextCursor\":\"more\"}");
            case "many" -> result(id, "{\"tools\":[" + (tool("a") + ",").repeat(200) + tool("b") + "]}");
            case "paged" -> {
                // The empty cursor is a cursor, too.
                if (!line.contains("\"cursor\"")) {
                    result(id, "{\"tools\":[" + tool("first") + "],\"nextCursor\":\"\"}");
                } else if (line.contains("\"cursor\":\"\"")) {
                    result(id, "{\"tools\":[" + tool("second") + "],\"nextCursor\":\"last\"}");
                } else {
                    result(id, "{\"tools\":[" + tool("third") + "]}");
                }
            }
            default -> result(id, "{\"tools\":[" + tool("echo") + "]}");
        }
    }

    private static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}";
    }

    private void call(String id, String tool, String line) throws IOException, InterruptedException {
        switch (tool) {
            case "echo" -> text(id, line);
            case "hang" -> {
                // The answer never comes.
            }
            case "block" -> sleepForEver();
            case "cancelled" -> text(id, cancelled);
            case "die" -> Runtime.getRuntime().halt(9);
            case "other-id" -> text(id + "000", "not yours");
            case "string-id" -> say("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{\"content\":[]}}");
            case "twice" -> {
                text(id, "one");
                text(id, "two");
            }
            case "duplicate-keys" ->
                say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"content\":[]},\"result\":{\"content\":[]}}");
            case "big" -> text(id, "x".repeat(100_000));
            case "enormous" -> text(id, "x".repeat(3_000_000));
            case "input" -> result(id, "{\"resultType\":\"input_required\",\"inputRequests\":{}}");
            case "no-content" -> result(id, "{\"answer\":42}");
            case "task" -> result(id, "{\"resultType\":\"task\",\"taskId\":\"1\"}");
            case "error" -> error(id, -32000, "the database is on fire");
            case "says-failed" ->
                result(
                        id,
                        "{\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"isError\":true,"
                                + "\"structuredContent\":{\"n\":1.50}}");
            default -> act(id, tool);
        }
    }

    private void act(String id, String tool) throws IOException {
        switch (tool) {
            case "progress" -> {
                for (int i = 1; i <= 3; i++) {
                    progress(id, i);
                }
                text(id, "done");
                progress(id, 4);
            }
            case "progress-flood" -> {
                for (int i = 1; i <= 5000; i++) {
                    progress(id, i);
                }
                text(id, "done");
            }
            case "changes" -> {
                say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
                text(id, "changed");
            }
            case "asks" -> {
                say("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
                say("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{}}");
                text(id, in.readLine() + " and " + in.readLine());
            }
            case "environment" ->
                text(
                        id,
                        String.join(
                                ",", System.getenv().keySet().stream().sorted().toList()));
            case "variable" -> text(id, String.valueOf(System.getenv("SECRET_PLACE")));
            case "folder" -> text(id, System.getProperty("user.dir"));
            case "pid" -> text(id, Long.toString(ProcessHandle.current().pid()));
            case "spawn" -> text(id, Long.toString(spawn("sleeper")));
            case "spawn-stubborn" -> text(id, Long.toString(spawn("stubborn")));
            case "spawn-and-die" -> {
                say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + id
                        + ",\"progress\":" + spawn("sleeper") + "}}");
                Runtime.getRuntime().halt(1);
            }
            default -> error(id, -32602, "Unknown tool: " + tool);
        }
    }

    private static long spawn(String manner) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeStdioServer.class.getName(),
                manner);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start().pid();
    }

    private static void progress(String id, int progress) {
        say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + id
                + ",\"progress\":" + progress + "}}");
    }

    private static void text(String id, String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
        result(id, "{\"content\":[{\"type\":\"text\",\"text\":\"" + escaped + "\"}]}");
    }

    private static void result(String id, String result) {
        say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
    }

    private static void error(String id, int code, String message) {
        say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\"" + message
                + "\"}}");
    }

    private static void say(String line) {
        OUT.print(line + "\n");
        OUT.flush();
    }

    private static String group(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }

    @SuppressWarnings("ThreadSleepMillis")
    private static void sleepForEver() {
        while (true) {
            try {
                Thread.sleep(3_600_000);
            } catch (InterruptedException e) {
                // Stubborn.
            }
        }
    }
}
