package dev.toolkeep.admin;

import dev.toolkeep.policy.Who;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Appends one rule to a policy's text and leaves every other character of it alone, comments too. The result is read
/// back and compared, so what was meant is what is there, or nothing is.
final class RuleText {
    private static final Pattern HEADING = Pattern.compile("rules:\\s*(\\[\\s*]\\s*)?(#.*)?");

    private RuleText() {}

    /// @throws Malformed when the text has its rules in a form this cannot append to
    static String append(String yaml, String id, RuleOrder order) throws Malformed {
        List<String> lines = new ArrayList<>(yaml.lines().toList());
        int heading = heading(lines);
        if (heading < 0) {
            lines.add("rules:");
            heading = lines.size() - 1;
        }
        lines.set(heading, lines.get(heading).replaceFirst("\\[\\s*]\\s*", "").stripTrailing());
        int end = heading + 1;
        int last = heading;
        String indent = "";
        while (end < lines.size() && belongs(lines.get(end))) {
            String line = lines.get(end);
            if (indent.isEmpty() && line.strip().startsWith("-")) {
                indent = line.substring(0, line.indexOf('-')) + "|";
            }
            if (!line.isBlank()) {
                last = end;
            }
            end++;
        }
        String margin = indent.isEmpty() ? "  " : indent.substring(0, indent.length() - 1);
        lines.addAll(last + 1, rule(margin, id, order));
        String appended = String.join("\n", lines) + "\n";
        requireOnlyThisIsNew(yaml, appended, json(id, order));
        return appended;
    }

    private static int heading(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (HEADING.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a line still belongs to the block above it.
    private static boolean belongs(String line) {
        return line.isBlank() || line.startsWith(" ") || line.startsWith("- ") || line.startsWith("#");
    }

    private static List<String> rule(String margin, String id, RuleOrder order) {
        List<String> lines = new ArrayList<>();
        ObjectNode rule = json(id, order);
        rule.forEachEntry(
                (name, value) -> lines.add(margin + (lines.isEmpty() ? "- " : "  ") + name + ": " + Json.text(value)));
        return lines;
    }

    private static ObjectNode json(String id, RuleOrder order) {
        ObjectNode rule = Json.object();
        rule.put("id", id);
        rule.put("effect", order.effect().text());
        Who who = order.callers();
        if (!who.equals(Who.EVERYBODY)) {
            ObjectNode callers = rule.putObject("callers");
            list(callers, "ids", who.ids());
            list(callers, "roles", who.roles());
            list(callers, "scopes", who.scopes());
        }
        list(rule, "tools", order.tools());
        if (!order.when().isEmpty()) {
            rule.put("when", order.when());
        }
        return rule;
    }

    private static void list(ObjectNode to, String name, List<String> words) {
        if (!words.isEmpty()) {
            ArrayNode array = to.putArray(name);
            words.forEach(array::add);
        }
    }

    private static void requireOnlyThisIsNew(String before, String after, ObjectNode rule) throws Malformed {
        ObjectNode expected = before.isBlank() ? Json.object() : object(before);
        JsonNode rules = expected.path("rules");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (rules.isArray()) {
            rules.forEach(all::add);
        }
        all.add(rule);
        expected.set("rules", all);
        if (!object(after).equals(expected)) {
            throw new Malformed("the rules are written in a form nothing can be appended to; add the rule to the text");
        }
    }

    private static ObjectNode object(String yaml) throws Malformed {
        JsonNode json = StrictYaml.parse(yaml.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
        if (json.isObject()) {
            return (ObjectNode) json;
        }
        throw new Malformed("a policy is a mapping of rules and limits");
    }
}
