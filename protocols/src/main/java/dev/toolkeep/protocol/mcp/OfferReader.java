package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.UriTemplate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A resource, a resource template or a prompt as the definition of something to call (MCP 2025-11-25, Resources and
/// Prompts). What the server says of it beside name, title and description is kept as its annotations, so that every
/// change of it is a change of the version.
///
/// @param label the server's own version, or null
record OfferReader(
        String source,
        McpServer server,
        SortedSet<String> hosts,
        @Nullable String label) {
    private static final int LONGEST_URI = 2048;
    private static final int LONGEST_NAME = 70;
    private static final int MOST_ARGUMENTS = 64;
    private static final Set<String> ELSEWHERE = Set.of("title", "description", "_meta");

    ToolDefinition read(McpKind kind, JsonNode item) throws Malformed {
        String original = text(item, "name");
        return switch (kind) {
            case RESOURCE -> {
                String uri = uri(item, "uri");
                yield definition(kind, item, uri, named(uri), nothing());
            }
            case TEMPLATE -> {
                String template = uri(item, "uriTemplate");
                UriTemplate.of(template);
                yield definition(kind, item, template, named(template), uriAlone());
            }
            case PROMPT -> definition(kind, item, original, named(original), arguments(item.path("arguments")));
            case TOOL -> throw new IllegalArgumentException("tools are read elsewhere");
        };
    }

    private ToolDefinition definition(McpKind kind, JsonNode item, String called, String name, ObjectNode inputs) {
        ObjectNode said = Json.object();
        for (Map.Entry<String, JsonNode> member : item.properties()) {
            if (!ELSEWHERE.contains(member.getKey())) {
                said.set(member.getKey(), member.getValue());
            }
        }
        return new ToolDefinition(
                new ToolName(source, kind.prefix() + name),
                item.path("title").asString(""),
                item.path("description").asString(""),
                inputs,
                Json.object(),
                said,
                List.of(),
                new CallTemplate.Mcp(server, kind, called),
                hosts,
                label);
    }

    /// `called` as a name. One that is too long, or has other characters than names may have, ends in eight digits of
    /// its digest, so that two that look alike are still two.
    private static String named(String called) {
        String plain = called.replaceFirst(":", "");
        if (plain.length() <= LONGEST_NAME && ToolName.clean(plain).equals(plain)) {
            return plain;
        }
        String cleaned = ToolName.clean(plain);
        String digest = Digest.of(called.getBytes(StandardCharsets.UTF_8)).text();
        return cleaned.substring(0, Math.min(cleaned.length(), LONGEST_NAME)) + "-"
                + digest.substring(digest.length() - 8);
    }

    private static String text(JsonNode item, String member) throws Malformed {
        JsonNode value = item.path(member);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new Malformed("it has no " + member);
        }
        return value.stringValue();
    }

    private static String uri(JsonNode item, String member) throws Malformed {
        String uri = text(item, member);
        if (uri.length() > LONGEST_URI || uri.indexOf(':') < 1 || !uri.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw new Malformed("its " + member + " is no URI of at most " + LONGEST_URI + " characters");
        }
        return uri;
    }

    private static ObjectNode nothing() {
        return Json.object().put("type", "object").put("additionalProperties", false);
    }

    private static ObjectNode uriAlone() {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("uri").put("type", "string").put("maxLength", LONGEST_URI);
        schema.putArray("required").add("uri");
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode arguments(JsonNode given) throws Malformed {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.array();
        if (given.size() > MOST_ARGUMENTS) {
            throw new Malformed("it takes more than " + MOST_ARGUMENTS + " arguments");
        }
        for (JsonNode argument : given) {
            String name = text(argument, "name");
            if (properties.has(name)) {
                throw new Malformed("two of its arguments have one name");
            }
            properties
                    .putObject(name)
                    .put("type", "string")
                    .put("description", argument.path("description").asString(""));
            if (argument.path("required").asBoolean(false)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }
}
