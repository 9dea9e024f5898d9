package dev.toolkeep.web.mcp;

import dev.toolkeep.call.Listing;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.web.exchange.Cursors;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One page of `tools/list`, rendered: the result object, ready to be put into replies.
final class ToolPage {
    private static final byte[] TOOLS = JsonBytes.ascii("{\"tools\":[");
    private static final byte[] NAME = JsonBytes.ascii("{\"name\":");
    private static final byte[] TITLE = JsonBytes.ascii(",\"title\":");
    private static final byte[] DESCRIPTION = JsonBytes.ascii(",\"description\":");
    private static final byte[] INPUTS = JsonBytes.ascii(",\"inputSchema\":");
    private static final byte[] OUTPUTS = JsonBytes.ascii(",\"outputSchema\":");
    private static final byte[] ANNOTATIONS = JsonBytes.ascii(",\"annotations\":");
    private static final byte[] DIGEST = JsonBytes.ascii(",\"_meta\":{\"dev.toolkeep/digest\":");
    private static final byte[] END_TOOL = JsonBytes.ascii("}}");
    private static final byte[] COMMA = JsonBytes.ascii(",");
    private static final byte[] END_TOOLS = JsonBytes.ascii("]");
    private static final byte[] CURSOR = JsonBytes.ascii(",\"nextCursor\":");
    private static final byte[] END = JsonBytes.ascii("}");
    private static final byte[] OBJECT = JsonBytes.ascii("{\"type\":\"object\"}");

    private final Era era;
    private final int size;
    private final byte[] modernTail;

    /// @param modernTail members every modern result of a list ends with, each with a comma before it
    ToolPage(Era era, int size, byte[] modernTail) {
        this.era = era;
        this.size = size;
        this.modernTail = modernTail;
    }

    byte[] render(Listing listing, String caller, int place) {
        List<Listing.Listed> tools = listing.tools();
        int end = Math.min(tools.size(), place + size);
        JsonBytes out = new JsonBytes(512 * (end - place) + 256).raw(TOOLS);
        boolean first = true;
        for (Listing.Listed listed : tools.subList(place, end)) {
            ShownTool shown = ShownTool.of(listed.definition());
            if (era == Era.LEGACY || shown.listable()) {
                tool(first ? out : out.raw(COMMA), listed, shown);
                first = false;
            }
        }
        out.raw(END_TOOLS);
        if (end < tools.size()) {
            out.raw(CURSOR).text(Cursors.write(caller, listing.tag(), end));
        }
        if (era == Era.MODERN) {
            out.raw(modernTail);
        }
        return out.raw(END).bytes();
    }

    private void tool(JsonBytes out, Listing.Listed listed, ShownTool shown) {
        ToolDefinition tool = listed.definition();
        out.raw(NAME).text(listed.name());
        if (!tool.title().isEmpty()) {
            out.raw(TITLE).text(tool.title());
        }
        out.raw(DESCRIPTION).text(tool.description()).raw(INPUTS);
        inputs(out, tool.inputs());
        if (era == Era.MODERN ? shown.structured() : shown.structuredObject()) {
            out.raw(OUTPUTS).node(tool.outputs());
        }
        if (tool.annotations().isObject() && !tool.annotations().isEmpty()) {
            out.raw(ANNOTATIONS).node(tool.annotations());
        }
        out.raw(DIGEST).text(listed.digest().text()).raw(END_TOOL);
    }

    /// As the definition has it, save that MCP wants the word `"type": "object"` where a schema leaves it unsaid.
    private static void inputs(JsonBytes out, JsonNode inputs) {
        if (!(inputs instanceof ObjectNode schema) || schema.isEmpty()) {
            out.raw(OBJECT);
        } else if ("object".equals(schema.path("type").asString(""))) {
            out.node(schema);
        } else {
            ObjectNode typed = Json.object();
            typed.put("type", "object");
            for (var member : schema.properties()) {
                if (!member.getKey().equals("type")) {
                    typed.set(member.getKey(), member.getValue());
                }
            }
            out.node(typed);
        }
    }
}
