package dev.toolkeep.clientfile;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// JSON as people write it into settings: with `//` and `/* */` comments and a comma after the last member. Those are
/// blanked out, place by place, and the strict reader reads the rest.
final class CommentedJson {
    private final byte[] text;

    private CommentedJson(byte[] text) {
        this.text = text;
    }

    static JsonNode parse(byte[] bytes, Bounds bounds) throws Malformed {
        int start = bytes.length >= 3 && new String(bytes, 0, 3, StandardCharsets.UTF_8).equals("\uFEFF") ? 3 : 0;
        byte[] copy = Arrays.copyOfRange(bytes, start, bytes.length);
        new CommentedJson(copy).blank();
        return StrictJson.parse(copy, bounds);
    }

    private void blank() {
        int comma = -1;
        int at = 0;
        while (at < text.length) {
            byte c = text[at];
            if (c == '"') {
                at = afterText(at);
                comma = -1;
            } else if (c == '/' && at + 1 < text.length && (text[at + 1] == '/' || text[at + 1] == '*')) {
                at = afterComment(at);
            } else {
                if (c == ',') {
                    comma = at;
                } else if ((c == '}' || c == ']') && comma >= 0) {
                    text[comma] = ' ';
                    comma = -1;
                } else if (c > ' ') {
                    comma = -1;
                }
                at++;
            }
        }
    }

    private int afterText(int at) {
        int end = at + 1;
        while (end < text.length && text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length);
    }

    private int afterComment(int at) {
        boolean block = text[at + 1] == '*';
        int end = at + 2;
        while (end < text.length && !ends(end, block)) {
            end++;
        }
        int stop = Math.min(block ? end + 2 : end, text.length);
        for (int i = at; i < stop; i++) {
            if (text[i] != '\n') {
                text[i] = ' ';
            }
        }
        return stop;
    }

    private boolean ends(int at, boolean block) {
        return block ? text[at] == '*' && at + 1 < text.length && text[at + 1] == '/' : text[at] == '\n';
    }
}
