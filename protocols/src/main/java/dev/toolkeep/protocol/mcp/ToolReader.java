package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Malformed;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a server lists, page by page: tools, resources, resource templates and prompts, each as the definition of
/// something to call. What cannot be offered is left out by name and with the reason; it never spoils the others. Not
/// thread-safe.
final class ToolReader {
    private final String source;
    private final McpServer server;
    private final @Nullable String label;
    private final TreeSet<String> hosts = new TreeSet<>();
    private final List<ToolDefinition> tools = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, HeaderParams> headerParams = new HashMap<>();

    /// @param label the server's own version, or null
    ToolReader(String source, McpServer server, @Nullable String label) {
        this.source = source;
        this.server = server;
        this.label = label;
        if (server instanceof McpServer.Http http) {
            hosts.add(hostPort(URI.create(http.url())));
        }
    }

    void add(McpKind kind, JsonNode item) {
        String original = item.path("name").isString() ? item.path("name").stringValue() : "";
        try {
            if (kind == McpKind.TOOL) {
                read(item, original);
            } else {
                ToolDefinition definition = new OfferReader(source, server, hosts, label).read(kind, item);
                keep(definition);
            }
        } catch (Malformed e) {
            leftOut.add(new LeftOut(
                    original.isEmpty() ? "(no name)" : Printable.line(original, 200), String.valueOf(e.getMessage())));
        }
    }

    /// Notes that a list was cut short.
    void cut(McpKind kind, int most) {
        leftOut.add(new LeftOut("(every further " + kind.word() + ")", "the server lists more than " + most));
    }

    int size() {
        return tools.size() + leftOut.size();
    }

    McpListed.Listed listed() {
        return new McpListed.Listed(tools, leftOut);
    }

    /// What to repeat as headers, for the tools that want it.
    Map<String, HeaderParams> headerParams() {
        return Map.copyOf(headerParams);
    }

    private void read(JsonNode tool, String original) throws Malformed {
        if (original.isEmpty()) {
            throw new Malformed("it has no name");
        }
        JsonNode inputs = tool.path("inputSchema");
        if (!inputs.isObject()) {
            throw new Malformed("its inputSchema is no object");
        }
        if (tool.path("execution").path("taskSupport").asString("").equals("required")) {
            throw new Malformed("it can only be called as a task, which is not supported yet");
        }
        HeaderParams repeated = HeaderParams.of(inputs);
        keep(new ToolDefinition(
                new ToolName(source, ToolName.clean(original)),
                title(tool),
                tool.path("description").asString(""),
                inputs,
                object(tool.path("outputSchema")),
                object(tool.path("annotations")),
                List.of(),
                new CallTemplate.Mcp(server, original),
                hosts,
                label));
        if (!repeated.params().isEmpty()) {
            headerParams.put(original, repeated);
        }
    }

    private void keep(ToolDefinition definition) throws Malformed {
        if (!names.add(definition.name().name())) {
            throw new Malformed("something else of this server is already named "
                    + definition.name().name());
        }
        tools.add(definition);
    }

    private static String title(JsonNode tool) {
        String title = tool.path("title").asString("");
        return title.isEmpty() ? tool.path("annotations").path("title").asString("") : title;
    }

    private static JsonNode object(JsonNode node) {
        return node instanceof ObjectNode ? node : Json.object();
    }

    private static String hostPort(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
        return String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
