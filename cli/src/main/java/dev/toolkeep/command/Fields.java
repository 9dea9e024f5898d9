package dev.toolkeep.command;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/// Reads an answer's fields as words for people; what is not there is empty.
final class Fields {
    private Fields() {}

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    /// A list of words, joined by blanks.
    static String words(JsonNode node, String field) {
        StringJoiner words = new StringJoiner(" ");
        node.path(field).forEach(word -> words.add(word.asString("")));
        return words.toString();
    }

    /// A digest as people read it: its first twelve digits.
    static String brief(String digest) {
        return digest.startsWith("sha256:") && digest.length() > 19 ? digest.substring(7, 19) : digest;
    }

    /// At most `most` characters, the end cut.
    static String cut(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 3)) + "...";
    }
}
