package dev.toolkeep.policy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.trust.Trust;
import dev.toolkeep.trust.TrustedTool;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Callers, tools and calls for tests of the rooms that decide.
public final class Given {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    public static final Circumstances HERE = new Circumstances(NOON, "127.0.0.1", List.of());
    public static final Caller AGENT = Caller.of("agent-1", Caller.Kind.AGENT, Set.of("agent"), Set.of("pets:read"));

    private Given() {}

    public static CallTemplate http(Map<String, String> headers, Auth auth) {
        return new CallTemplate.Http(
                HttpCall.Method.POST,
                "https://pets.example/v1",
                "application/json",
                headers,
                null,
                List.of(),
                auth,
                Duration.ofSeconds(10));
    }

    public static ToolDefinition definition(String name) {
        return definition(name, http(Map.of(), new Auth.None()), Json.object());
    }

    public static ToolDefinition definition(String name, CallTemplate template, JsonNode outputs) {
        return new ToolDefinition(
                ToolName.parse(name),
                "",
                "A tool.",
                Json.object(),
                outputs,
                Json.object(),
                List.of("pets"),
                template,
                new TreeSet<>(),
                null);
    }

    /// Approved, and verified the way every call is.
    public static TrustedTool trusted(ToolDefinition definition) {
        try {
            Digest digest = Definitions.digest(definition);
            Source source = new Source(
                    definition.name().source(), new Origin.Manual("https://pets.example/utcp"), Reach.PUBLIC, NOON);
            Standing standing = Standing.first(definition.name(), digest, "")
                    .approved(new Standing.Approval(digest, "op", NOON, null));
            Tool tool = Tool.of(source, standing, new ToolVersion(digest, definition, NOON), new SchemaCache(10));
            return new Trust(8).verify(tool, List.of(), NOON);
        } catch (Malformed | Refused e) {
            throw new AssertionError(e);
        }
    }

    public static PermittedCall permitted(ToolDefinition definition) {
        return permitted(definition, "");
    }

    /// @param limits the policy's `limits`, as flow YAML; empty: none
    public static PermittedCall permitted(ToolDefinition definition, String limits) {
        String yaml =
                "rules: [{id: all, effect: allow, tools: ['*']}]\n" + (limits.isEmpty() ? "" : "limits: " + limits);
        try {
            return Policy.compile(yaml).decide(AGENT, trusted(definition), Json.object(), HERE);
        } catch (Malformed | Refused e) {
            throw new AssertionError(e);
        }
    }

    public static ObjectNode object(String json) {
        try {
            return StrictJson.object(json.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
