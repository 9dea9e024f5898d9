package dev.toolkeep.web.mcp;

import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.web.exchange.JsonBytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One page of a list of resources, templates or prompts: the result object, ready to be put into a reply. Each entry
/// is what its server said of it, under the name it has here.
final class OfferPage {
    private static final Set<String> OURS = Set.of("name", "title", "description", "_meta");

    private final McpKind kind;
    private final byte[] tail;

    /// @param tail members the result ends with, each with a comma before it
    OfferPage(McpKind kind, byte[] tail) {
        this.kind = kind;
        this.tail = tail;
    }

    static String member(McpKind kind) {
        return switch (kind) {
            case TOOL -> "tools";
            case RESOURCE -> "resources";
            case TEMPLATE -> "resourceTemplates";
            case PROMPT -> "prompts";
        };
    }

    /// @param cursor where the list goes on, or null
    byte[] render(List<Offers.Shown> shown, @Nullable String cursor) {
        JsonBytes out = new JsonBytes(256 * shown.size() + 256).ascii7("{\"" + member(kind) + "\":[");
        for (int i = 0; i < shown.size(); i++) {
            entry(i == 0 ? out : out.ascii7(","), shown.get(i));
        }
        out.ascii7("]");
        if (cursor != null) {
            out.ascii7(",\"nextCursor\":").text(cursor);
        }
        return out.raw(tail).ascii7("}").bytes();
    }

    private void entry(JsonBytes out, Offers.Shown shown) {
        ToolDefinition definition = shown.listed().definition();
        JsonNode said = definition.annotations();
        String called = kind == McpKind.RESOURCE ? "uri" : kind == McpKind.TEMPLATE ? "uriTemplate" : "name";
        out.ascii7("{\"" + called + "\":").text(shown.name());
        if (!called.equals("name")) {
            out.ascii7(",\"name\":")
                    .text(said.path("name").asString(definition.name().name()));
        }
        if (!definition.title().isEmpty()) {
            out.ascii7(",\"title\":").text(definition.title());
        }
        if (!definition.description().isEmpty()) {
            out.ascii7(",\"description\":").text(definition.description());
        }
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            if (!OURS.contains(member.getKey()) && !member.getKey().equals(called)) {
                out.ascii7(",").text(member.getKey()).ascii7(":").node(member.getValue());
            }
        }
        out.ascii7(",\"_meta\":{\"dev.toolkeep/digest\":")
                .text(shown.listed().digest().text())
                .ascii7("}}");
    }
}
