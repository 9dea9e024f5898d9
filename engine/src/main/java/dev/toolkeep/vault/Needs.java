package dev.toolkeep.vault;

import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.MessageTemplate;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The placeholder names one template needs filled in: the only secrets ever opened for its calls.
///
/// @param shared whether the template's connection serves other tools of the source too; then only secrets granted to
///     the whole source are opened, so none granted to one tool reaches another
record Needs(Set<String> names, boolean shared) {
    Needs {
        names = Set.copyOf(names);
    }

    static Needs of(CallTemplate template) {
        Set<String> names = new LinkedHashSet<>();
        boolean shared = false;
        switch (template) {
            case CallTemplate.Http http -> addRequest(http.request(), names);
            case CallTemplate.Sse sse -> addRequest(sse.request(), names);
            case CallTemplate.StreamableHttp streamable -> addRequest(streamable.request(), names);
            case CallTemplate.Grpc grpc -> addRequest(grpc.request(), names);
            case CallTemplate.GraphQl graphQl -> addRequest(graphQl.request(), names);
            case CallTemplate.WebSocket webSocket -> {
                addRequest(webSocket.call().handshake(), names);
                addMessage(webSocket.call().message(), names);
                addTexts(webSocket.call().replies().filter(), names);
            }
            case CallTemplate.Tcp tcp -> addMessage(tcp.call().message(), names);
            case CallTemplate.Udp udp -> addMessage(udp.call().message(), names);
            case CallTemplate.Mcp mcp -> {
                addServer(mcp.server(), names);
                shared = true;
            }
            case CallTemplate.Text text -> {}
            case CallTemplate.Cli cli ->
                cli.call().environment().values().forEach(value -> names.addAll(Placeholders.names(value)));
            case CallTemplate.File file ->
                names.addAll(Placeholders.names(file.call().path()));
            case CallTemplate.DirectCall direct -> {}
            case CallTemplate.Builtin builtin -> {}
            case CallTemplate.Unsupported unsupported -> {}
        }
        names.remove(Placeholders.REQUEST_ID);
        return new Needs(names, shared);
    }

    private static void addRequest(HttpCall request, Set<String> names) {
        names.addAll(Placeholders.names(request.url()));
        request.headers().values().forEach(value -> names.addAll(Placeholders.names(value)));
        request.query().values().forEach(value -> names.addAll(Placeholders.names(value)));
        if (request.body() instanceof HttpCall.Body.Fixed(JsonNode value)) {
            addTexts(value, names);
        }
        addAuth(request.auth(), names);
    }

    private static void addMessage(MessageTemplate message, Set<String> names) {
        switch (message) {
            case MessageTemplate.Arguments() -> {}
            case MessageTemplate.Text(String text) -> names.addAll(Placeholders.names(text));
            case MessageTemplate.Tree(JsonNode value) -> addTexts(value, names);
        }
    }

    private static void addTexts(JsonNode value, Set<String> names) {
        if (value.isString()) {
            names.addAll(Placeholders.names(value.stringValue()));
        }
        value.forEach(inner -> addTexts(inner, names));
    }

    private static void addAuth(Auth auth, Set<String> names) {
        switch (auth) {
            case Auth.None none -> {}
            case Auth.ApiKey key -> names.addAll(Placeholders.names(key.apiKey()));
            case Auth.OAuth2 oauth -> {
                names.addAll(Placeholders.names(oauth.clientId()));
                names.addAll(Placeholders.names(oauth.clientSecret()));
            }
            case Auth.Basic basic -> {
                names.addAll(Placeholders.names(basic.username()));
                names.addAll(Placeholders.names(basic.password()));
            }
        }
    }

    private static void addServer(McpServer server, Set<String> names) {
        switch (server) {
            case McpServer.Stdio stdio ->
                stdio.env().values().forEach(value -> names.addAll(Placeholders.names(value)));
            case McpServer.Http http -> {
                http.headers().values().forEach(value -> names.addAll(Placeholders.names(value)));
                addAuth(http.auth(), names);
            }
        }
    }
}
