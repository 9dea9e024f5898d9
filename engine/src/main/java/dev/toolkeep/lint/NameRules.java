package dev.toolkeep.lint;

import dev.toolkeep.registry.LookAlikes;
import dev.toolkeep.tool.ToolName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What the tools of one manual are called: no name twice, none that looks like another.
final class NameRules {
    private static final int LONGEST = 200;

    private final Report report;

    NameRules(Report report) {
        this.report = report;
    }

    void names(JsonNode tools) {
        Map<String, Integer> first = new LinkedHashMap<>();
        Map<String, Integer> cleaned = new HashMap<>();
        for (int i = 0; i < tools.size(); i++) {
            String name = Tree.text(tools.get(i), "name");
            if (name.isEmpty()) {
                continue;
            }
            Integer twin = cleaned.putIfAbsent(ToolName.clean(name), i);
            if (twin != null) {
                report.about(name);
                report.add(Rule.SAME_NAME, place(i), "the tool at /tools/" + twin + " has the same name");
            }
            first.putIfAbsent(name.length() > LONGEST ? name.substring(0, LONGEST) : name, i);
        }
        alike(first);
        report.about("");
    }

    private void alike(Map<String, Integer> first) {
        LookAlikes index = LookAlikes.of(first.keySet());
        first.forEach((name, at) -> index.same(name).or(() -> index.alike(name)).ifPresent(other -> {
            report.about(name);
            report.add(Rule.LOOK_ALIKE, place(at), "it looks like the name at " + place(first.getOrDefault(other, 0)));
        }));
    }

    private static String place(int index) {
        return "/tools/" + index + "/name";
    }
}
