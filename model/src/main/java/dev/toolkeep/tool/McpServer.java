package dev.toolkeep.tool;

import java.util.List;
import java.util.Map;

/// Where an MCP server is reached. Values of `env` and `headers` may hold `${NAME}` placeholders for vault
/// secrets. Two equal servers of one source share one connection.
public sealed interface McpServer {
    /// A child process that speaks newline-delimited JSON-RPC on standard input and output. `command` is an
    /// argument vector, never a shell line; `env` is all the child gets beside a short allow-list; an empty
    /// `workingDirectory` means a fresh, empty folder.
    record Stdio(List<String> command, Map<String, String> env, String workingDirectory) implements McpServer {
        public Stdio {
            command = List.copyOf(command);
            env = Map.copyOf(env);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new IllegalArgumentException("an MCP stdio server needs a command");
            }
        }
    }

    /// A Streamable HTTP endpoint.
    ///
    /// @param auth [Auth.None] or an [Auth.OAuth2], whose token goes with every request; other proofs are headers
    record Http(String url, Map<String, String> headers, Auth auth) implements McpServer {
        public Http {
            headers = Map.copyOf(headers);
            if (!(auth instanceof Auth.None) && !(auth instanceof Auth.OAuth2)) {
                throw new IllegalArgumentException("a proof that is a header belongs to the headers");
            }
        }

        public Http(String url, Map<String, String> headers) {
            this(url, headers, new Auth.None());
        }
    }
}
