package dev.toolkeep.screen;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How many bytes something would measure in UTF-8, without writing it.
final class Size {
    private Size() {}

    /// Exact unless it is clear from the number of characters.
    static long utf8(String text, long most) {
        if (text.length() > most || text.length() * 3L <= most) {
            return text.length();
        }
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate is half of four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /// No more than the JSON of `node` measures; past `most` it stops counting.
    static long atLeast(JsonNode node, long most) {
        return switch (node.getNodeType()) {
            case STRING -> 2 + utf8(node.stringValue(), most);
            case OBJECT -> {
                long bytes = 2;
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    bytes += 4 + utf8(member.getKey(), most) + atLeast(member.getValue(), most);
                    if (bytes > most + node.size()) {
                        break;
                    }
                }
                yield bytes - (node.isEmpty() ? 0 : 1);
            }
            case ARRAY -> {
                long bytes = 2;
                for (JsonNode item : node) {
                    bytes += 1 + atLeast(item, most);
                    if (bytes > most + node.size()) {
                        break;
                    }
                }
                yield bytes - (node.isEmpty() ? 0 : 1);
            }
            default -> 1;
        };
    }
}
