package dev.toolkeep.client;

import dev.toolkeep.client.filter.ManualName;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which protocols a manual may use: those of its own template or of the list that stands in for it, and of `cli` and
/// `file` only what the program granted to all.
///
/// @param local what the program granted
record Grants(Set<String> local) {
    private static final Set<String> LOCAL = Set.of("cli", "file");

    static Grants of(ClientConfig config) {
        return new Grants(config.localProtocols());
    }

    /// The template, which may be read.
    ManualTemplate checked(ManualName name, ManualTemplate template) {
        if (!granted(template.type())) {
            throw new RegistrationFailed(name.utcp(), "protocol_not_allowed", notGranted(template.type()));
        }
        return template;
    }

    /// The tools that may be kept, without the manual's own name in front of theirs.
    List<ToolDefinition> kept(
            ManualName name, ManualTemplate template, List<ToolDefinition> offered, List<LeftOut> leftOut) {
        List<String> allowed = template.protocols().isEmpty() ? List.of(template.type()) : template.protocols();
        List<ToolDefinition> kept = new ArrayList<>();
        for (ToolDefinition tool : offered) {
            String type = tool.template().type();
            if (!granted(type)) {
                leftOut.add(new LeftOut(tool.name().name(), notGranted(type)));
            } else if (!allowed.contains(type)) {
                leftOut.add(new LeftOut(
                        tool.name().name(),
                        "it uses the protocol " + Fields.printable(type) + ", and this manual may use " + allowed
                                + "; allow it where the manual is registered"));
            } else {
                kept.add(bare(name.source(), tool));
            }
        }
        return kept;
    }

    private boolean granted(String type) {
        return !LOCAL.contains(type) || local.contains(type);
    }

    private static String notGranted(String type) {
        return "the protocol " + type + " acts on this machine; the program must allow it (allowLocal)";
    }

    private static ToolDefinition bare(String manual, ToolDefinition tool) {
        String name = tool.name().name();
        if (!name.startsWith(manual + ".") || name.length() == manual.length() + 1) {
            return tool;
        }
        return new ToolDefinition(
                new ToolName(manual, name.substring(manual.length() + 1)),
                tool.title(),
                tool.description(),
                tool.inputs(),
                tool.outputs(),
                tool.annotations(),
                tool.tags(),
                tool.template(),
                tool.hosts(),
                tool.label());
    }
}
