package dev.toolkeep.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An MCP server over stdio with one tool, `wait`: it makes the file `FOLDER/called` and answers once there is a file
/// `FOLDER/go`. Written without our own code, so that its mistakes are its own.
public final class WaitingMcpServer {
    private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|[0-9]+)");

    private WaitingMcpServer() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher id = ID.matcher(line);
            if (id.find()) {
                String answer = answer(line, folder);
                System.out.println("{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + "," + answer + "}");
                System.out.flush();
            }
        }
    }

    private static String answer(String line, Path folder) throws IOException {
        if (line.contains("\"initialize\"")) {
            return "\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                    + "\"serverInfo\":{\"name\":\"waiting\",\"version\":\"1\"}}";
        }
        if (line.contains("\"tools/list\"")) {
            return "\"result\":{\"tools\":[{\"name\":\"wait\",\"description\":\"Waits.\","
                    + "\"inputSchema\":{\"type\":\"object\"}}]}";
        }
        if (line.contains("\"tools/call\"")) {
            Files.writeString(folder.resolve("called"), "");
            while (!Files.exists(folder.resolve("go"))) {
                LockSupport.parkNanos(1_000_000);
            }
            return "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"waited\"}]}";
        }
        return line.contains("\"ping\"")
                ? "\"result\":{}"
                : "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}";
    }
}
