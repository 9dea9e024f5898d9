package dev.toolkeep.client;

import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a manual comes from, as UTCP's manual call template says it, and what its tools may do beside what every tool
/// may.
///
/// @param name see [ToolkeepClient]; tools are named `name.tool`
/// @param template the call template, UTCP 1.x; must not be modified
/// @param protocols call template types its tools may have; empty: only the template's own
/// @param reach hosts its tools may reach beside the public internet over https, see
///     [dev.toolkeep.protocol.net.Reach]. A loopback host that the template itself names is always among them
public record ManualTemplate(String name, ObjectNode template, List<String> protocols, Set<String> reach) {
    public ManualTemplate {
        protocols = List.copyOf(protocols);
        reach = Set.copyOf(reach);
    }

    /// A manual or an OpenAPI document at a URL.
    public static ManualTemplate http(String name, String url) {
        return plain(name, Json.object().put("call_template_type", "http").put("url", url));
    }

    /// The manual or OpenAPI document itself, JSON or YAML.
    public static ManualTemplate text(String name, String document) {
        return plain(name, Json.object().put("call_template_type", "text").put("content", document));
    }

    /// A UTCP call template, its `name` and `allowed_communication_protocols` taken from it.
    ///
    /// @throws BadConfig when one of the two is missing or is no such thing
    public static ManualTemplate of(JsonNode template) {
        JsonNode name = template.get("name");
        if (!(template instanceof ObjectNode object) || name == null || !name.isString()) {
            throw new BadConfig("a manual call template is an object with a `name`");
        }
        return new ManualTemplate(
                name.stringValue(), object, Fields.texts(object, "allowed_communication_protocols"), Set.of());
    }

    /// The same, with tools of these call template types allowed.
    public ManualTemplate allow(String... types) {
        return new ManualTemplate(name, template, List.of(types), reach);
    }

    /// The same, with these hosts in reach.
    public ManualTemplate reach(String... hosts) {
        return new ManualTemplate(name, template, protocols, Set.of(hosts));
    }

    /// The call template type of the manual itself; empty when it names none.
    String type() {
        JsonNode type = template.get("call_template_type");
        return type != null && type.isString() ? type.stringValue() : "";
    }

    private static ManualTemplate plain(String name, ObjectNode template) {
        return new ManualTemplate(name, template, List.of(), Set.of());
    }
}
