package dev.toolkeep.registry;

import dev.toolkeep.tool.McpServer;
import java.util.Map;

/// What a source is and where it lies. `location` is an absolute `https:` or `http:` URL, or an absolute file path of
/// the server's machine.
public sealed interface Origin {
    /// A UTCP manual.
    record Manual(String location) implements Origin {}

    /// An OpenAPI 3.0 or 3.1 document. `baseUrl` is where its operations are called, pinned when the source is added
    /// (empty: the document's own first server, as it stood then).
    record OpenApi(String location, String baseUrl) implements Origin {}

    /// An MCP server.
    record Mcp(McpServer server) implements Origin {}

    /// A GraphQL server, asked for its schema; `headers` go with that question and with every call.
    record GraphQl(String url, Map<String, String> headers) implements Origin {
        public GraphQl {
            headers = Map.copyOf(headers);
        }
    }

    /// A gRPC server with reflection; `url` is its scheme, host and port, `headers` are metadata that go with the
    /// question and with every call.
    record Grpc(String url, Map<String, String> headers) implements Origin {
        public Grpc {
            headers = Map.copyOf(headers);
        }
    }

    /// The toolset built into the program (`keep`).
    record Builtin() implements Origin {}
}
