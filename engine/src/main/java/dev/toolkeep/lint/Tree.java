package dev.toolkeep.lint;

import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Walks a document and says where it is, as a JSON Pointer (RFC 6901). A pointer stops growing at 1,000 characters,
/// a name in it at 200, so that no document makes the walk dearer than itself.
final class Tree {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST = 1_000;

    private Tree() {}

    /// One value below a node: the name it has, or, for an item of a list, the name its list has.
    record Spot(String name, boolean item, JsonNode value, String place) {
        /// Its text; empty when it is none.
        String text() {
            return value.isString() ? value.stringValue() : "";
        }
    }

    static String at(String place, String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        String inner = place + "/" + cut.replace("~", "~0").replace("/", "~1");
        return inner.length() > LONGEST ? place : inner;
    }

    static String at(String place, int index) {
        return at(place, Integer.toString(index));
    }

    /// Shows `visitor` everything below `node`, depth first, in the document's order.
    static void walk(JsonNode node, String place, Consumer<Spot> visitor) {
        walk(node, "", place, visitor);
    }

    private static void walk(JsonNode node, String name, String place, Consumer<Spot> visitor) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String inner = at(place, member.getKey());
            visitor.accept(new Spot(member.getKey(), false, member.getValue(), inner));
            walk(member.getValue(), member.getKey(), inner, visitor);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                visitor.accept(new Spot(name, true, node.get(i), at(place, i)));
                walk(node.get(i), name, at(place, i), visitor);
            }
        }
    }

    /// The text of member `name`; empty where it is absent or no text.
    static String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isString() ? value.stringValue() : "";
    }
}
