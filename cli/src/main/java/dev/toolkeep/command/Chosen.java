package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The tools that patterns mean, in the versions that were seen. A name without `*` means its tool whatever its status;
/// a pattern with `*` leaves out what a person said no to, or must look at alone, and says so.
///
/// @param tools by name
/// @param leftOut name and reason
record Chosen(List<JsonNode> tools, Map<String, String> leftOut) {
    /// Whether a tool that a pattern with `*` found is meant: the reason why not, or empty.
    @FunctionalInterface
    interface Wants {
        /// Empty: it is meant. A blank: it is not, and nobody need be told.
        String not(JsonNode tool);
    }

    /// @throws Failed when a pattern finds nothing, or nothing that can be meant
    static Chosen of(AdminApi api, List<String> patterns, Wants wants) throws Failed {
        Map<String, JsonNode> tools = new TreeMap<>();
        Map<String, String> leftOut = new TreeMap<>();
        for (String text : patterns) {
            String pattern = ToolPages.pattern(text);
            List<JsonNode> found = ToolPages.all(api, Map.of("match", pattern));
            if (found.isEmpty()) {
                throw Failed.with(
                        "not_found", "no tool is called " + pattern, "see `toolkeep tool list` for the names");
            }
            for (JsonNode tool : found) {
                String reason = pattern.contains("*") ? wants.not(tool) : "";
                String name = Fields.text(tool, "name");
                if (reason.isEmpty()) {
                    tools.put(name, tool);
                } else if (!reason.isBlank()) {
                    leftOut.put(name, reason);
                }
            }
        }
        tools.keySet().forEach(leftOut::remove);
        return new Chosen(new ArrayList<>(tools.values()), leftOut);
    }
}
