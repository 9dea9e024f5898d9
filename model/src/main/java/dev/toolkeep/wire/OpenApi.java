package dev.toolkeep.wire;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// OpenAPI 3.0 and 3.1 documents and Swagger 2.0, read as tools: one tool an operation.
///
/// An operation that cannot be called exactly as described is left out and named with its reason; so is an
/// optional parameter that cannot be sent, while its operation stays. Nothing is fetched: what refers to
/// another document is left out. Schemas come out as JSON Schema 2020-12; references stay inside the tool, as
/// `$defs`.
public final class OpenApi {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final List<String> OTHER_METHODS = List.of("options", "head", "trace", "query");

    /// Of a tool's name, see [ToolName].
    private static final int LONGEST_NAME = 96;

    private final ApiDocument document;
    private final ApiServers servers;
    private final ApiSecurity security;
    private final String source;
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<ToolDefinition> tools = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private OpenApi(ApiDocument document, ApiServers servers, String source) {
        this.document = document;
        this.servers = servers;
        this.security = new ApiSecurity(document, servers);
        this.source = source;
    }

    /// The tools of `document`, named `sourceName.operationId` (or method and path where there is none).
    ///
    /// Tools call `baseUrl` when it is given (an operator's word: it may be any address), else the first server
    /// that applies, resolved against `documentUrl`, its variables at their defaults. A document fetched from
    /// elsewhere may not send calls into this machine or its network. Both are empty where there is none.
    ///
    /// @throws Malformed when it is no such document at all
    public static Manual read(JsonNode document, String sourceName, String documentUrl, String baseUrl)
            throws Malformed {
        if (!ToolName.validSource(sourceName)) {
            throw new Malformed("not a source name");
        }
        JsonNode root = Swagger2.is(document) ? Swagger2.asOpenApi(document, documentUrl) : document;
        ApiDocument api = ApiDocument.of(root);
        return new OpenApi(api, new ApiServers(root, documentUrl, baseUrl), sourceName).manual();
    }

    private Manual manual() throws Malformed {
        JsonNode root = document.root();
        count(Members.object(root, "paths"));
        for (Map.Entry<String, JsonNode> path : Members.object(root, "paths").properties()) {
            if (!path.getKey().startsWith("x-")) {
                path(path.getKey(), path.getValue());
            }
        }
        if (root.get("webhooks") instanceof ObjectNode webhooks) {
            webhooks.propertyNames()
                    .forEach(name -> leftOut.add(new LeftOut("webhook " + name, "a webhook is no tool")));
        }
        return new Manual(UtcpManuals.withoutTwins(tools, leftOut), leftOut);
    }

    private void path(String path, JsonNode written) {
        try {
            JsonNode item = document.resolve(written);
            if (!path.startsWith("/")) {
                throw new Malformed("a path must start with a slash");
            }
            for (Map.Entry<String, JsonNode> member : item.properties()) {
                if (METHODS.contains(member.getKey())) {
                    operation(member.getKey(), path, item, member.getValue());
                } else if (OTHER_METHODS.contains(member.getKey())) {
                    String method = member.getKey().toUpperCase(Locale.ROOT);
                    leftOut.add(new LeftOut(method + " " + path, "the method " + method + " is not supported"));
                }
            }
        } catch (Malformed e) {
            leftOut.add(new LeftOut(path, e.getMessage()));
        }
    }

    private void operation(String method, String path, JsonNode item, JsonNode operation) {
        String shown = method.toUpperCase(Locale.ROOT) + " " + path;
        try {
            if (!operation.isObject()) {
                throw new Malformed("an operation must be an object");
            }
            ApiOperation read = new ApiOperation(document, shown, leftOut);
            tools.add(read.tool(
                    new ToolName(source, name(method, path, operation)),
                    servers.base(operation, item) + path,
                    security.of(operation),
                    item,
                    operation));
        } catch (Malformed e) {
            leftOut.add(new LeftOut(shown, e.getMessage()));
        }
    }

    /// By its `operationId`, unless another operation has the same; then, as without one, by method and path;
    /// and where that is no name of its own either, with a digest of both after it. So no name depends on the
    /// order of the document.
    private String name(String method, String path, JsonNode operation) throws Malformed {
        String id = Members.text(operation, "operationId", "");
        String named = ToolName.clean(id);
        if (!id.isBlank() && id.length() <= LONGEST_NAME && names.getOrDefault(named, 0) == 1) {
            return named;
        }
        String placed = byPlace(method, path);
        if (placed.length() <= LONGEST_NAME && places.getOrDefault(placed, 0) == 1 && !names.containsKey(placed)) {
            return placed;
        }
        String digest = Digest.of((method + " " + path).getBytes(StandardCharsets.UTF_8))
                .text();
        String last = digest.substring(digest.length() - 8);
        return ToolName.clean(placed.substring(0, Math.min(placed.length(), LONGEST_NAME - 9)) + "_" + last);
    }

    private static String byPlace(String method, String path) {
        return method + path.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }

    private void count(ObjectNode paths) {
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    String id = member.getValue().path("operationId").asString("");
                    if (!id.isBlank()) {
                        names.merge(ToolName.clean(id), 1, Integer::sum);
                    }
                    places.merge(byPlace(member.getKey(), path.getKey()), 1, Integer::sum);
                }
            }
        }
    }
}
