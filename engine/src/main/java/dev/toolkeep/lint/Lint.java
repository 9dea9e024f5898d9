package dev.toolkeep.lint;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Manual;
import dev.toolkeep.wire.UtcpManuals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a UTCP manual (1.x or 0.x) for what is dangerous in it. It resolves no name, opens no connection and runs
/// nothing; what it finds is a reason to look, and finding nothing is no proof of innocence.
///
/// Whatever the document is, it answers and never throws. Findings come in the document's order, first those about the
/// manual itself; at most 500 of each rule.
public final class Lint {
    private static final Set<String> TYPES = Set.of(
            "http",
            "streamable_http",
            "sse",
            "cli",
            "text",
            "file",
            "mcp",
            "graphql",
            "tcp",
            "udp",
            "websocket",
            "grpc",
            "webrtc",
            "direct-call");
    /// 0.x had another name for one type.
    private static final Set<String> OLD_TYPES = Set.of("http_stream");

    private final Report report = new Report();

    private Lint() {}

    public static List<Finding> manual(JsonNode manual) {
        JsonNode tools = manual.get("tools");
        Lint lint = new Lint();
        if (tools == null || !tools.isArray()) {
            lint.report.add(Rule.NOT_A_MANUAL, "", "it has no list of tools");
            return lint.report.findings();
        }
        lint.document(manual, tools);
        for (int i = 0; i < tools.size(); i++) {
            lint.report.about(Tree.text(tools.get(i), "name"));
            lint.tool(tools.get(i), "/tools/" + i);
        }
        return lint.report.findings();
    }

    private void document(JsonNode manual, JsonNode tools) {
        ObjectNode frame = Json.object();
        for (Map.Entry<String, JsonNode> member : manual.properties()) {
            if (!member.getKey().equals("tools")) {
                frame.set(member.getKey(), member.getValue());
            }
        }
        new TextRules(report).read(frame, "");
        new CredentialRules(report).template(frame, "", "");
        oldFormat(manual, tools);
        new NameRules(report).names(tools);
    }

    private void oldFormat(JsonNode manual, JsonNode tools) {
        if (manual.has("version") && !manual.has("utcp_version")) {
            report.add(Rule.OLD_FORMAT, "/version", "it states its version the way 0.x did");
        }
        int old = 0;
        String first = "";
        for (int i = 0; i < tools.size(); i++) {
            JsonNode tool = tools.get(i);
            for (String member : List.of("tool_provider", "provider")) {
                if (tool.has(member)) {
                    first = old == 0 ? Tree.at(Tree.at("/tools", i), member) : first;
                    old++;
                }
            }
        }
        if (old > 0) {
            report.add(Rule.OLD_FORMAT, first, old + " of its call templates are written as 0.x providers");
        }
    }

    private void tool(JsonNode tool, String place) {
        Optional<String> unusable = unusable(tool, place);
        if (!tool.isObject()) {
            return;
        }
        boolean known = true;
        for (String member : CredentialRules.TEMPLATES) {
            JsonNode template = tool.get(member);
            if (template != null && template.isObject()) {
                known &= template(template, Tree.at(place, member));
            }
        }
        new TextRules(report).tool(tool, place);
        new CredentialRules(report).tool(tool, place);
        new SchemaRules(report).tool(tool, place);
        if (known) {
            unusable.ifPresent(reason -> report.add(Rule.UNSUPPORTED_TEMPLATE, place, reason));
        }
    }

    /// Whether its type is one of UTCP's.
    private boolean template(JsonNode template, String place) {
        String old = Tree.text(template, "provider_type");
        String type = old.isEmpty() ? Tree.text(template, "call_template_type") : old;
        new TargetRules(report).template(template, type, place);
        new CommandRules(report).template(template, type, place);
        new CredentialRules(report).template(template, type, place);
        if (TYPES.contains(type) || OLD_TYPES.contains(type) || type.isEmpty()) {
            return true;
        }
        report.add(Rule.UNKNOWN_TYPE, place, "the type '" + Finding.printable(type) + "' is none of UTCP's");
        return false;
    }

    /// Why Toolkeep would list it and never call it.
    private Optional<String> unusable(JsonNode tool, String place) {
        try {
            Manual one =
                    UtcpManuals.read(Json.object().set("tools", Json.array().add(tool)), "lint");
            one.leftOut().forEach(left -> report.add(Rule.UNREADABLE_TOOL, place, left.reason()));
            return one.tools().stream()
                    .map(ToolDefinition::template)
                    .filter(CallTemplate.Unsupported.class::isInstance)
                    .map(template -> ((CallTemplate.Unsupported) template).reason())
                    .findFirst();
        } catch (Malformed e) {
            return Optional.of(e.getMessage());
        }
    }
}
