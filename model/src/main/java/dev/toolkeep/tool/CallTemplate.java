package dev.toolkeep.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How a tool is called: the sealed choice of protocols (UTCP `tool_call_template`). It is part of a version's
/// digest, so a tool that changes its protocol, URL or command is another tool.
public sealed interface CallTemplate {
    /// The UTCP `call_template_type`.
    String type();

    /// UTCP `http`: one request, one answer.
    ///
    /// @param followRedirects whether a redirect to the same origin is followed; one to another never is
    record Http(HttpCall request, boolean followRedirects) implements CallTemplate {
        /// One without fixed query parameters that follows no redirect.
        ///
        /// @param bodyField the argument sent as the body; null for none
        public Http(
                HttpCall.Method method,
                String url,
                String contentType,
                Map<String, String> headers,
                @Nullable String bodyField,
                List<String> headerFields,
                Auth auth,
                Duration timeout) {
            this(
                    new HttpCall(
                            method,
                            url,
                            contentType,
                            headers,
                            Map.of(),
                            HttpCall.Body.of(bodyField),
                            headerFields,
                            auth,
                            timeout),
                    false);
        }

        @Override
        public String type() {
            return "http";
        }
    }

    /// UTCP `sse`: the answer is a stream of server-sent events (WHATWG HTML, 9.2).
    ///
    /// @param eventType the only events that count; empty: all
    /// @param reconnect whether a stream that breaks off is taken up again
    /// @param retry how long to wait before that, until the server says otherwise
    /// @param maxEvents the stream ends after so many
    record Sse(HttpCall request, String eventType, boolean reconnect, Duration retry, int maxEvents)
            implements CallTemplate {
        @Override
        public String type() {
            return "sse";
        }
    }

    /// UTCP `streamable_http`: the answer comes piece by piece.
    ///
    /// @param chunkBytes how large the pieces are of what is neither JSON nor lines of JSON
    record StreamableHttp(HttpCall request, int chunkBytes) implements CallTemplate {
        @Override
        public String type() {
            return "streamable_http";
        }
    }

    /// UTCP `graphql`: one operation of a fixed document. Arguments become its variables and nothing else; those that
    /// are header fields become headers. Nothing is ever put into the text of `document`, not even a secret.
    ///
    /// @param request a POST to the server; its body and content type are the protocol's own
    /// @param operationName which operation of the document runs; empty: the only one
    /// @param maxEvents a subscription ends after so many
    record GraphQl(HttpCall request, Operation operation, String operationName, String document, int maxEvents)
            implements CallTemplate {
        /// What kind of operation runs.
        public enum Operation {
            QUERY,
            MUTATION,
            SUBSCRIPTION
        }

        @Override
        public String type() {
            return "graphql";
        }
    }

    /// UTCP `grpc`: one method of a server, unary or server streaming. The arguments are its request message in
    /// proto3's
    /// JSON form.
    ///
    /// @param request where and as whom: the URL's path is the method's full name, headers are metadata
    /// @param descriptors the FileDescriptorSet of the method and every message it needs, in base64
    /// @param maxEvents a stream ends after so many messages
    record Grpc(HttpCall request, String descriptors, int maxEvents) implements CallTemplate {
        @Override
        public String type() {
            return "grpc";
        }
    }

    /// UTCP `text`: the answer is `content` itself.
    record Text(String content) implements CallTemplate {
        @Override
        public String type() {
            return "text";
        }
    }

    /// UTCP `mcp`: what the server itself calls `tool`: a tool's or prompt's name, a resource's URI or URI template.
    record Mcp(McpServer server, McpKind kind, String tool) implements CallTemplate {
        public Mcp(McpServer server, String tool) {
            this(server, McpKind.TOOL, tool);
        }

        @Override
        public String type() {
            return "mcp";
        }
    }

    /// UTCP `websocket`: a message sent and messages received over a connection that may serve many calls.
    record WebSocket(WebSocketCall call) implements CallTemplate {
        @Override
        public String type() {
            return "websocket";
        }
    }

    /// UTCP `tcp`: one connection, one message each way.
    ///
    /// @param maxResponse the most bytes the answer may have
    record Tcp(SocketCall call, Framing framing, int maxResponse) implements CallTemplate {
        @Override
        public String type() {
            return "tcp";
        }
    }

    /// UTCP `udp`: one datagram out, `datagrams` back.
    ///
    /// @param datagrams how many answers are waited for; 0: none
    record Udp(SocketCall call, int datagrams) implements CallTemplate {
        @Override
        public String type() {
            return "udp";
        }
    }

    /// UTCP `cli`: a program of Toolkeep's own machine.
    record Cli(CliCall call) implements CallTemplate {
        @Override
        public String type() {
            return "cli";
        }
    }

    /// UTCP `file`: the answer is what a file of Toolkeep's own machine holds.
    record File(FileCall call) implements CallTemplate {
        @Override
        public String type() {
            return "file";
        }
    }

    /// A function of Toolkeep itself (`keep.*`). No document can say this; only the program makes one.
    record Builtin(String function) implements CallTemplate {
        @Override
        public String type() {
            return "builtin";
        }
    }

    /// UTCP `direct-call`: a method of the program that embeds the engine, by the name it was registered under. No
    /// document
    /// can say this either.
    record DirectCall(String callable) implements CallTemplate {
        @Override
        public String type() {
            return "direct-call";
        }
    }

    /// A template that is listed with the reason and never sent: an unknown type, or a known one with fields that
    /// cannot be honoured. `original` is kept as it was read.
    record Unsupported(String type, String reason, JsonNode original) implements CallTemplate {}
}
