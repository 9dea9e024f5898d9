package dev.toolkeep.registry;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Sources and the tools they offer, as tests need them.
public final class Offers {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final Source PETS =
            new Source("pets", new Origin.Manual("https://pets.example/utcp"), Reach.PUBLIC, NOW);

    private Offers() {}

    public static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// A definition to vary one part of.
    public static final class Draft {
        String name = "pets.find";
        String title = "Find pets";
        String description = "Finds pets by their kind.";
        JsonNode inputs =
                json("{\"type\":\"object\",\"properties\":{\"limit\":{\"type\":\"integer\",\"maximum\":100}}}");
        JsonNode outputs = json("{\"type\":\"object\"}");
        JsonNode annotations = json("{\"readOnlyHint\":true}");
        List<String> tags = List.of("read");
        CallTemplate template = http("https://api.pets.example/v1/find", HttpCall.Method.GET, new Auth.None());
        Set<String> hosts = Set.of("api.pets.example:443");

        @Nullable
        String label = "1.0.0";

        public Draft name(String name) {
            this.name = name;
            return this;
        }

        public Draft title(String title) {
            this.title = title;
            return this;
        }

        public Draft description(String description) {
            this.description = description;
            return this;
        }

        public Draft inputs(String inputs) {
            this.inputs = json(inputs);
            return this;
        }

        public Draft outputs(String outputs) {
            this.outputs = json(outputs);
            return this;
        }

        public Draft annotations(String annotations) {
            this.annotations = json(annotations);
            return this;
        }

        public Draft tags(String... tags) {
            this.tags = List.of(tags);
            return this;
        }

        public Draft template(CallTemplate template) {
            this.template = template;
            return this;
        }

        public Draft hosts(String... hosts) {
            this.hosts = Set.of(hosts);
            return this;
        }

        public Draft label(@Nullable String label) {
            this.label = label;
            return this;
        }

        public ToolDefinition definition() {
            return new ToolDefinition(
                    ToolName.parse(name),
                    title,
                    description,
                    inputs,
                    outputs,
                    annotations,
                    tags,
                    template,
                    new TreeSet<>(hosts),
                    label);
        }
    }

    public static Draft draft() {
        return new Draft();
    }

    public static CallTemplate.Http http(String url, HttpCall.Method method, Auth auth) {
        return new CallTemplate.Http(
                method, url, "application/json", Map.of(), null, List.of(), auth, Duration.ofSeconds(30));
    }

    public static CallTemplate.Mcp stdio(String tool, String... command) {
        return new CallTemplate.Mcp(new McpServer.Stdio(List.of(command), Map.of(), ""), tool);
    }

    public static ToolVersion version(ToolDefinition definition) {
        return new ToolVersion(Definitions.digest(definition), definition, NOW);
    }

    public static Standing.Approval approval(ToolVersion version) {
        return new Standing.Approval(version.digest(), "ann", NOW, null);
    }

    /// The tool of `definition`, approved as it is.
    public static Tool approved(ToolDefinition definition) {
        ToolVersion version = version(definition);
        return tool(Standing.first(definition.name(), version.digest(), "").approved(approval(version)), version);
    }

    public static Tool tool(Standing standing, ToolVersion version) {
        try {
            Source source = new Source(standing.tool().source(), PETS.origin(), Reach.PUBLIC, NOW);
            return Tool.of(source, standing, version, new SchemaCache(10));
        } catch (Malformed e) {
            throw new IllegalArgumentException(e);
        }
    }
}
