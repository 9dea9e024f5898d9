package dev.toolkeep.registry;

import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments a tool called over HTTP or a socket may be sent: those its schema or its template names. JSON Schema
/// lets in
/// whatever it does not mention, and an http tool would send that on as query parameters nobody approved. A schema
/// that says itself that there may be others (`additionalProperties`, `patternProperties`) or is put together from
/// parts is taken at its word.
///
/// @param open whether any argument may be sent
/// @param names those that may be, when it is not open
record Declared(boolean open, Set<String> names) {
    private static final List<String> OTHERS = List.of(
            "patternProperties",
            "unevaluatedProperties",
            "allOf",
            "anyOf",
            "oneOf",
            "if",
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "dependentSchemas",
            "dependencies");
    private static final int MOST_NAMED = 10;
    private static final int LONGEST_NAME = 60;

    static Declared of(ToolDefinition definition) {
        @Nullable
        HttpCall request = switch (definition.template()) {
            case CallTemplate.Http http -> http.request();
            case CallTemplate.Sse sse -> sse.request();
            case CallTemplate.StreamableHttp streamable -> streamable.request();
            case CallTemplate.GraphQl graphQl -> graphQl.request();
            case CallTemplate.WebSocket webSocket -> webSocket.call().handshake();
            case CallTemplate.Grpc grpc -> grpc.request();
            default -> null;
        };
        @Nullable
        MessageTemplate message = switch (definition.template()) {
            case CallTemplate.WebSocket webSocket -> webSocket.call().message();
            case CallTemplate.Tcp tcp -> tcp.call().message();
            case CallTemplate.Udp udp -> udp.call().message();
            default -> null;
        };
        if ((request == null && message == null) || mentionsOthers(definition.inputs())) {
            return new Declared(true, Set.of());
        }
        Set<String> names = new HashSet<>(definition.inputs().path("properties").propertyNames());
        if (request != null) {
            addRequest(request, names);
        }
        if (message != null) {
            names.addAll(message.arguments());
        }
        return new Declared(false, Set.copyOf(names));
    }

    private static void addRequest(HttpCall request, Set<String> names) {
        names.addAll(request.headerFields());
        names.addAll(request.placings().keySet());
        request.body().argument().ifPresent(names::add);
        addPlaceholders(request.url(), names);
    }

    /// What is not declared, one line each; names no value.
    List<String> problems(ObjectNode arguments) {
        List<String> problems = new ArrayList<>();
        if (!open) {
            for (String name : arguments.propertyNames()) {
                if (!names.contains(name) && problems.size() < MOST_NAMED) {
                    problems.add(
                            "/ must not have the property " + printable(name) + ", which the tool does not declare");
                }
            }
        }
        return problems;
    }

    private static boolean mentionsOthers(JsonNode schema) {
        JsonNode additional = schema.get("additionalProperties");
        boolean allowed = additional != null && !(additional.isBoolean() && !additional.booleanValue());
        return allowed || OTHERS.stream().anyMatch(schema::has);
    }

    private static void addPlaceholders(String url, Set<String> names) {
        for (int open = url.indexOf('{'); open >= 0; open = url.indexOf('{', open + 1)) {
            int close = url.indexOf('}', open);
            if (close < 0) {
                return;
            }
            String name = url.substring(open + 1, close);
            boolean secret = open > 0 && url.charAt(open - 1) == '$' && Placeholders.validName(name);
            if (!secret) {
                names.add(name);
            }
        }
    }

    private static String printable(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
