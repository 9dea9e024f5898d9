package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.McpServer;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What an MCP server record may not hold because it could not be sent, or would change more than it says.
final class Unsendable {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,255}");
    /// Headers that are ours or the connection's.
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "content-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept",
            "accept-encoding",
            "last-event-id");

    private Unsendable() {}

    /// What is wrong with the record, or empty.
    static String problem(McpServer server) {
        return switch (server) {
            case McpServer.Stdio stdio -> stdioProblem(stdio);
            case McpServer.Http http -> httpProblem(http);
        };
    }

    /// Whether a filled-in value cannot be sent.
    static boolean value(String value, McpServer server) {
        return server instanceof McpServer.Http
                ? value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c > 0x7E)
                : value.indexOf('\0') >= 0;
    }

    private static String stdioProblem(McpServer.Stdio stdio) {
        for (Map.Entry<String, String> variable : stdio.env().entrySet()) {
            if (!VARIABLE.matcher(variable.getKey()).matches() || value(variable.getValue(), stdio)) {
                return "the MCP server's env holds what cannot be a variable";
            }
        }
        boolean nul = stdio.workingDirectory().indexOf('\0') >= 0
                || stdio.command().stream().anyMatch(argument -> argument.indexOf('\0') >= 0);
        return nul ? "the MCP server's command holds a NUL" : "";
    }

    private static String httpProblem(McpServer.Http http) {
        try {
            URI uri = URI.create(http.url());
            if (uri.getHost() == null || uri.getScheme() == null) {
                return "the MCP server's URL names no host";
            }
        } catch (IllegalArgumentException e) {
            return "the MCP server's URL is no URL";
        }
        for (Map.Entry<String, String> header : http.headers().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HEADER.matcher(name).matches() || OURS.contains(name) || name.startsWith("mcp-")) {
                return "the MCP server's headers hold one that cannot be set: " + Printable.line(name, 60);
            }
            if (value(header.getValue(), http)) {
                return "the MCP server's headers hold a value that cannot be sent";
            }
        }
        return "";
    }
}
