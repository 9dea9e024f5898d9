package dev.toolkeep.store;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is kept as JSON inside a row: definitions, origins, reaches.
final class SqlDocuments {
    /// Wider than what a door or a fetch lets in, so that whatever came in can be stored.
    private static final Bounds STORED = new Bounds(256 << 20, 1000, 128 << 20, 2000);

    private SqlDocuments() {}

    static JsonNode parse(String json) throws Malformed {
        return StrictJson.parse(json.getBytes(StandardCharsets.UTF_8), STORED);
    }

    /// The definition as JSON with every digit of its numbers: the canonical form, which the digest is of, would round
    /// them to doubles. It is read back before it is saved, so nothing is saved that could not be loaded.
    ///
    /// @throws IllegalArgumentException when it does not have this version's digest
    static String definition(ToolVersion version) {
        ToolDefinition definition = version.definition();
        String json = SqlValues.text(Json.text(Definitions.toJson(definition)));
        try {
            definition(json, version.digest());
            return json;
        } catch (Malformed e) {
            throw new IllegalArgumentException("the definition of " + definition.name() + ": " + e.getMessage(), e);
        }
    }

    /// @throws Malformed when `json` is no definition, or not the one with this digest
    static ToolDefinition definition(String json, Digest digest) throws Malformed {
        ToolDefinition definition =
                Definitions.fromJson(StrictJson.object(json.getBytes(StandardCharsets.UTF_8), STORED));
        if (!Definitions.digest(definition).equals(digest)) {
            throw new Malformed("its digest is not " + digest.brief());
        }
        return definition;
    }

    static String reach(Reach reach) {
        return SqlValues.texts(new TreeSet<>(reach.grants()));
    }

    static Reach reach(String json) throws Malformed {
        return new Reach(new TreeSet<>(SqlValues.texts(json)));
    }

    static String origin(Origin origin) {
        ObjectNode node = Json.object();
        switch (origin) {
            case Origin.Manual manual -> node.put("kind", "manual").put("location", manual.location());
            case Origin.OpenApi api ->
                node.put("kind", "openapi").put("location", api.location()).put("baseUrl", api.baseUrl());
            case Origin.Mcp mcp -> node.put("kind", "mcp").set("server", server(mcp.server()));
            case Origin.GraphQl graphQl ->
                node.put("kind", "graphql").put("url", graphQl.url()).set("headers", object(graphQl.headers()));
            case Origin.Grpc grpc ->
                node.put("kind", "grpc").put("url", grpc.url()).set("headers", object(grpc.headers()));
            case Origin.Builtin builtin -> node.put("kind", "builtin");
        }
        return SqlValues.text(Json.text(node));
    }

    static Origin origin(String json) throws Malformed {
        JsonNode node = parse(json);
        return switch (SqlValues.text(node.get("kind"))) {
            case "manual" -> new Origin.Manual(SqlValues.text(node.get("location")));
            case "openapi" ->
                new Origin.OpenApi(SqlValues.text(node.get("location")), SqlValues.text(node.get("baseUrl")));
            case "mcp" -> new Origin.Mcp(server(node.get("server")));
            case "graphql" -> new Origin.GraphQl(SqlValues.text(node.get("url")), map(node.get("headers")));
            case "grpc" -> new Origin.Grpc(SqlValues.text(node.get("url")), map(node.get("headers")));
            case "builtin" -> new Origin.Builtin();
            default -> throw new Malformed("an unknown kind of source");
        };
    }

    private static ObjectNode server(McpServer server) {
        ObjectNode node = Json.object();
        switch (server) {
            case McpServer.Stdio stdio -> {
                node.put("kind", "stdio");
                node.set("command", array(stdio.command()));
                node.set("env", object(stdio.env()));
                node.put("workingDirectory", stdio.workingDirectory());
            }
            case McpServer.Http http -> {
                node.put("kind", "http");
                node.put("url", http.url());
                node.set("headers", object(http.headers()));
            }
        }
        return node;
    }

    private static McpServer server(@Nullable JsonNode node) throws Malformed {
        if (node == null) {
            throw new Malformed("no server");
        }
        return switch (SqlValues.text(node.get("kind"))) {
            case "stdio" ->
                new McpServer.Stdio(
                        SqlValues.texts(node.get("command")),
                        map(node.get("env")),
                        SqlValues.text(node.get("workingDirectory")));
            case "http" -> new McpServer.Http(SqlValues.text(node.get("url")), map(node.get("headers")));
            default -> throw new Malformed("an unknown kind of MCP server");
        };
    }

    private static JsonNode array(Collection<String> texts) {
        var array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    private static ObjectNode object(Map<String, String> texts) {
        ObjectNode node = Json.object();
        new TreeMap<>(texts).forEach(node::put);
        return node;
    }

    private static Map<String, String> map(@Nullable JsonNode node) throws Malformed {
        if (node == null || !node.isObject()) {
            throw new Malformed("not an object");
        }
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            texts.put(entry.getKey(), SqlValues.text(entry.getValue()));
        }
        return texts;
    }
}
