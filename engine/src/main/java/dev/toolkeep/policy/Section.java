package dev.toolkeep.policy;

import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.YamlLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One mapping of the policy's text, with its place in it. Errors name the line, the section and the key, never a
/// value.
final class Section {
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_TEXT = 200;

    private final ObjectNode node;
    private final String pointer;
    private final String name;
    private final YamlLines lines;

    /// @param name how errors call it, such as `rule agents`
    private Section(ObjectNode node, String pointer, String name, YamlLines lines) {
        this.node = node;
        this.pointer = pointer;
        this.name = name;
        this.lines = lines;
    }

    static Section root(JsonNode document, YamlLines lines) throws Malformed {
        if (!(document instanceof ObjectNode node)) {
            throw new Malformed("a policy is a mapping with `rules` and, if you like, `limits`");
        }
        return new Section(node, "", "the policy", lines);
    }

    Section named(String better) {
        return new Section(node, pointer, better, lines);
    }

    int line() {
        return lines.of(pointer);
    }

    /// Refuses every key that is not in `known`.
    Section only(String... known) throws Malformed {
        for (String key : node.propertyNames()) {
            if (!Set.of(known).contains(key)) {
                throw at(key, "unknown key `" + printable(key) + "`; known are " + String.join(", ", known));
            }
        }
        return this;
    }

    boolean has(String key) {
        return node.has(key);
    }

    /// The mappings in the list `key`; none when it is absent.
    List<Section> sections(String key, String singular) throws Malformed {
        JsonNode value = node.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array) || array.size() > MOST_ENTRIES) {
            throw at(key, "`" + key + "` must be a list of at most " + MOST_ENTRIES);
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String place = pointer + "/" + key + "/" + i;
            String called = singular + " " + (i + 1);
            if (!(array.get(i) instanceof ObjectNode entry)) {
                throw error(lines.of(place), called + ": must be a mapping");
            }
            sections.add(new Section(entry, place, called, lines));
        }
        return sections;
    }

    @Nullable
    Section section(String key) throws Malformed {
        JsonNode value = node.get(key);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode entry) || entry.isEmpty()) {
            throw at(key, "`" + key + "` must be a mapping with at least one key, or left out");
        }
        return new Section(entry, pointer + "/" + key, name + ", " + key, lines);
    }

    String text(String key) throws Malformed {
        JsonNode value = node.get(key);
        if (value == null) {
            throw error(line(), name + ": `" + key + "` is missing");
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw at(key, "`" + key + "` must be text");
        }
        return value.stringValue();
    }

    /// The texts in the list `key`; none when it is absent. An empty list is refused: it reads like "nobody" to some
    /// and
    /// "everybody" to others.
    List<String> texts(String key) throws Malformed {
        JsonNode value = node.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array) || array.isEmpty() || array.size() > MOST_ENTRIES) {
            throw at(key, "`" + key + "` must be a list of 1 to " + MOST_ENTRIES + " texts, or left out");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array) {
            if (!item.isString()
                    || item.stringValue().isBlank()
                    || item.stringValue().length() > MOST_TEXT) {
                throw at(
                        key,
                        "`" + key + "` must hold texts of 1 to " + MOST_TEXT + " characters (quote what YAML reads "
                                + "as a number or true or false)");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    @Nullable
    JsonNode value(String key) {
        return node.get(key);
    }

    Malformed at(String key, String what) {
        int line = lines.of(pointer + YamlLines.step(key));
        return error(line == 0 ? line() : line, name + ": " + what);
    }

    private static Malformed error(int line, String what) {
        return new Malformed(line == 0 ? what : "line " + line + ": " + what);
    }

    static String printable(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
