package dev.toolkeep.command;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists tools page after page, to the last.
final class ToolPages {
    private static final String PAGE = "500";

    private ToolPages() {}

    /// Every tool the query wants, by name.
    static List<JsonNode> all(AdminApi api, Map<String, String> query) throws Failed {
        List<JsonNode> tools = new ArrayList<>();
        Map<String, String> page = new HashMap<>(query);
        page.put("limit", PAGE);
        String next = "";
        do {
            page.put("after", next);
            ObjectNode answer = api.get("/tools", page);
            answer.path("tools").forEach(tools::add);
            next = Fields.text(answer, "next");
        } while (!next.isEmpty());
        return tools;
    }

    /// `text` when it is one.
    static String pattern(String text) throws Failed {
        try {
            return new ToolPattern(text).text();
        } catch (IllegalArgumentException e) {
            throw Failed.usage(String.valueOf(e.getMessage()), "for example 'petstore.*' or petstore.get-pet");
        }
    }
}
