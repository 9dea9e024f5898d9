package dev.toolkeep.wire;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP manuals, read (1.x, and 0.x where renaming is enough) and written (1.1).
///
/// Reading is tolerant of what the public libraries write: nulls count as absent, unknown members are ignored,
/// one bad tool leaves the others alone. It is strict where a document would gain power: nothing in a manual
/// becomes an MCP server that is a command, or a function of Toolkeep; a `cli` tool runs only where an operator granted
/// its program to the source, and a template that cannot be honoured whole is `Unsupported`
/// with its reason.
public final class UtcpManuals {
    /// The version of UTCP that our own manuals are written in.
    public static final String VERSION = "1.1.0";

    private UtcpManuals() {}

    /// The tools of `manual`, named `sourceName.tool`.
    ///
    /// A name the manual lists twice (after cleaning) names nothing: every tool of that name is left out.
    ///
    /// @throws Malformed when it is no manual at all
    public static Manual read(JsonNode manual, String sourceName) throws Malformed {
        if (!ToolName.validSource(sourceName)) {
            throw new Malformed("not a source name");
        }
        JsonNode tools = manual.get("tools");
        if (tools == null || !tools.isArray()) {
            throw new Malformed("not a UTCP manual: it has no list of tools");
        }
        JsonNode version = Members.given(manual, "manual_version");
        String label = version != null && version.isString() ? version.stringValue() : null;
        List<ToolDefinition> read = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            try {
                read.add(tool(tool, sourceName, label));
            } catch (Malformed e) {
                JsonNode name = tool.isObject() ? tool.get("name") : null;
                String shown = name != null && name.isString() ? name.stringValue() : "tool " + (i + 1);
                leftOut.add(new LeftOut(shown, e.getMessage()));
            }
        }
        return new Manual(withoutTwins(read, leftOut), leftOut);
    }

    /// A manual with one tool for each of `tools`, all of which are called at `baseUrl`: `POST
    /// {baseUrl}/v1/call/{source.name}` with the arguments object as the JSON body.
    ///
    /// UTCP's http protocol sends one argument as the body and the rest in the query, so each tool takes one
    /// argument, `body`, whose schema is the tool's own. The caller's key is the one variable, `TOOLKEEP_KEY`.
    /// Nothing in it is null and no schema holds what the stock clients would reject the whole manual for.
    public static ObjectNode gatewayManual(List<ToolDefinition> tools, String baseUrl, String version) {
        return gatewayManual(
                tools.stream().map(tool -> new Served(tool.name().text(), tool)).toList(), "", baseUrl, version);
    }

    /// A tool and the name it is served under.
    public record Served(String name, ToolDefinition definition) {}

    /// The manual of one toolset; of the whole gateway when `toolset` is empty.
    public static ObjectNode gatewayManual(List<Served> tools, String toolset, String baseUrl, String version) {
        ObjectNode manual = Json.object();
        manual.put("utcp_version", VERSION);
        manual.put("manual_version", version);
        var list = manual.putArray("tools");
        String base = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        for (Served served : tools) {
            ToolDefinition tool = served.definition();
            ObjectNode entry = list.addObject();
            entry.put("name", served.name());
            entry.put("description", tool.description());
            entry.set("inputs", PortableSchema.asBody(tool.inputs()));
            entry.set("outputs", PortableSchema.of(tool.outputs()));
            tool.tags().forEach(entry.putArray("tags")::add);
            entry.set("tool_call_template", gatewayTemplate(base + callPath(served.name(), toolset)));
        }
        return manual;
    }

    /// How a UTCP client gets the manual `name` at `url`: an entry of its `manual_call_templates`.
    public static ObjectNode manualTemplate(String name, String url) {
        ObjectNode template = Json.object();
        template.put("name", name);
        template.put("call_template_type", "http");
        template.put("http_method", "GET");
        template.put("url", url);
        template.set("auth", gatewayAuth());
        return template;
    }

    private static ObjectNode gatewayAuth() {
        return Json.object()
                .put("auth_type", "api_key")
                .put("api_key", "Bearer ${TOOLKEEP_KEY}")
                .put("var_name", "Authorization")
                .put("location", "header");
    }

    /// The path at which the gateway answers calls of `tool`: the name with its slashes percent-encoded.
    public static String callPath(ToolName tool) {
        return callPath(tool.text(), "");
    }

    private static String callPath(String name, String toolset) {
        String path = "/v1/call/" + name.replace("/", "%2F");
        return toolset.isEmpty() ? path : path + "?toolset=" + toolset;
    }

    private static ObjectNode gatewayTemplate(String url) {
        ObjectNode template = Json.object();
        template.put("call_template_type", "http");
        template.put("http_method", "POST");
        template.put("url", url);
        template.put("content_type", "application/json");
        template.put("body_field", "body");
        template.set("auth", gatewayAuth());
        return template;
    }

    private static ToolDefinition tool(JsonNode tool, String source, @Nullable String label) throws Malformed {
        if (!tool.isObject()) {
            throw new Malformed("a tool must be an object");
        }
        String original = Members.text(tool, "name");
        CallTemplate template = template(templateOf(tool), original);
        return new ToolDefinition(
                new ToolName(source, ToolName.clean(original)),
                "",
                Members.text(tool, "description", ""),
                schema(tool, Members.given(tool, "inputs") == null ? "parameters" : "inputs"),
                schema(tool, "outputs"),
                Json.object(),
                Members.texts(tool, "tags"),
                template,
                Templates.hosts(template),
                label);
    }

    private static JsonNode schema(JsonNode tool, String member) throws Malformed {
        return PortableSchema.withoutNulls(Members.object(tool, member));
    }

    private static JsonNode templateOf(JsonNode tool) throws Malformed {
        for (String member : List.of("tool_call_template", "tool_provider", "provider")) {
            JsonNode template = Members.given(tool, member);
            if (template instanceof ObjectNode object) {
                return member.equals("tool_call_template") ? object : fromProvider(object);
            }
            if (template != null) {
                throw new Malformed(member + " must be an object");
            }
        }
        throw new Malformed("tool_call_template is missing");
    }

    /// A 0.x provider as a 1.x template: the same fields under their new names.
    private static ObjectNode fromProvider(ObjectNode provider) {
        ObjectNode template = provider.deepCopy();
        rename(template, "provider_type", "call_template_type");
        rename(template, "method", "http_method");
        JsonNode type = template.get("call_template_type");
        if (type != null && type.isString() && type.stringValue().equals("http_stream")) {
            template.put("call_template_type", "streamable_http");
        }
        return template;
    }

    private static void rename(ObjectNode object, String from, String to) {
        JsonNode value = object.remove(from);
        if (value != null && !object.has(to)) {
            object.set(to, value);
        }
    }

    private static CallTemplate template(JsonNode json, String toolName) throws Malformed {
        String type = Members.printable(Members.text(json, "call_template_type"));
        try {
            return switch (TemplateReader.read(type.equals("mcp") ? namingTool(json, toolName) : json)) {
                case CallTemplate.DirectCall direct ->
                    new CallTemplate.Unsupported(type, "only the program itself registers its own methods", json);
                case CallTemplate.Builtin builtin ->
                    new CallTemplate.Unsupported(type, "only Toolkeep itself names its own functions", json);
                case CallTemplate.Unsupported unsupported ->
                    new CallTemplate.Unsupported(type, "call template type 'unsupported' is not supported", json);
                case CallTemplate.Mcp(McpServer.Stdio server, var kind, var tool) ->
                    new CallTemplate.Unsupported(
                            type,
                            "a document may not start a process: an operator adds the MCP server as a source",
                            json);
                case CallTemplate.Mcp mcp
                when mcp.kind() != McpKind.TOOL ->
                    new CallTemplate.Unsupported(type, "a document offers tools, nothing else of an MCP server", json);
                case CallTemplate honoured -> honoured;
            };
        } catch (Malformed e) {
            return new CallTemplate.Unsupported(type, e.getMessage(), json);
        }
    }

    /// UTCP names an MCP tool `server.tool` and keeps no name in the template.
    private static JsonNode namingTool(JsonNode json, String toolName) throws Malformed {
        if (Members.given(json, "tool") != null) {
            return json;
        }
        String tool = toolName;
        for (String server :
                Members.object(Members.object(json, "config"), "mcpServers").propertyNames()) {
            if (toolName.startsWith(server + ".")) {
                tool = toolName.substring(server.length() + 1);
            }
        }
        return ((ObjectNode) json.deepCopy()).put("tool", tool);
    }

    static List<ToolDefinition> withoutTwins(List<ToolDefinition> read, List<LeftOut> leftOut) {
        Map<ToolName, Integer> times = new HashMap<>();
        read.forEach(tool -> times.merge(tool.name(), 1, Integer::sum));
        List<ToolDefinition> single = new ArrayList<>();
        for (ToolDefinition tool : read) {
            int count = times.getOrDefault(tool.name(), 0);
            if (count == 1) {
                single.add(tool);
            } else {
                leftOut.add(new LeftOut(tool.name().name(), "the document lists this name " + count + " times"));
            }
        }
        return single;
    }
}
