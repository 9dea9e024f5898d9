package dev.toolkeep.protocol.http;

import dev.toolkeep.tool.Placing;
import dev.toolkeep.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Arguments in OpenAPI's styles (OpenAPI 3.1, "Style Examples"; RFC 6570). What is nested deeper than a style goes is
/// compact JSON. Nothing here is percent-encoded yet.
final class Styled {
    private Styled() {}

    /// A name and a value of a query, a form or a cookie.
    record Pair(String name, String value) {}

    /// A text of a path, and the delimiter that stands before it.
    record Piece(String before, String text) {}

    static List<Pair> query(String name, Placing.Style style, boolean explode, JsonNode value) {
        List<Pair> pairs = new ArrayList<>();
        switch (style) {
            case JSON -> pairs.add(new Pair(name, Json.text(value)));
            case DEEP_OBJECT -> deep(name, value, pairs);
            case SPACE_DELIMITED -> listed(name, value, explode, " ", pairs);
            case PIPE_DELIMITED -> listed(name, value, explode, "|", pairs);
            case FORM, SIMPLE, LABEL, MATRIX -> listed(name, value, explode, ",", pairs);
        }
        return pairs;
    }

    private static void listed(String name, JsonNode value, boolean explode, String between, List<Pair> pairs) {
        if (!value.isContainer()) {
            pairs.add(new Pair(name, ArgumentText.of(value)));
        } else if (!explode) {
            List<String> words = words(value, null);
            if (!words.isEmpty()) {
                pairs.add(new Pair(name, String.join(between, words)));
            }
        } else if (value.isArray()) {
            words(value, null).forEach(word -> pairs.add(new Pair(name, word)));
        } else {
            value.properties().forEach(member -> add(member.getKey(), member.getValue(), pairs));
        }
    }

    private static void add(String name, JsonNode value, List<Pair> pairs) {
        if (!value.isNull()) {
            pairs.add(new Pair(name, ArgumentText.of(value)));
        }
    }

    /// `name[member]=value`, and `name[0]` for the items of a list, as deep as the value goes.
    private static void deep(String name, JsonNode value, List<Pair> pairs) {
        if (value.isObject()) {
            value.properties().forEach(member -> deep(name + "[" + member.getKey() + "]", member.getValue(), pairs));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                deep(name + "[" + i + "]", value.get(i), pairs);
            }
        } else {
            add(name, value, pairs);
        }
    }

    static String header(Placing placing, JsonNode value) {
        if (placing.style() == Placing.Style.JSON) {
            return Json.text(value);
        }
        return value.isContainer()
                ? String.join(",", words(value, placing.explode() ? "=" : null))
                : ArgumentText.of(value);
    }

    static List<Piece> path(Placing placing, JsonNode value) {
        if (placing.style() == Placing.Style.JSON || !value.isContainer()) {
            String text = placing.style() == Placing.Style.JSON ? Json.text(value) : ArgumentText.of(value);
            return List.of(new Piece(opening(placing) + (matrix(placing) ? encodedName(placing) + "=" : ""), text));
        }
        List<Piece> pieces = new ArrayList<>();
        if (value.isObject() && placing.explode()) {
            value.properties().forEach(member -> {
                String before = pieces.isEmpty() ? opening(placing) : between(placing);
                pieces.add(
                        new Piece(before + Percent.encoded(member.getKey()) + "=", ArgumentText.of(member.getValue())));
            });
            return pieces;
        }
        for (String word : words(value, null)) {
            boolean named = matrix(placing) && (pieces.isEmpty() || placing.explode());
            String before = pieces.isEmpty() ? opening(placing) : placing.explode() ? between(placing) : ",";
            pieces.add(new Piece(before + (named ? encodedName(placing) + "=" : ""), word));
        }
        return pieces;
    }

    private static boolean matrix(Placing placing) {
        return placing.style() == Placing.Style.MATRIX;
    }

    private static String encodedName(Placing placing) {
        return Percent.encoded(placing.name());
    }

    private static String opening(Placing placing) {
        return switch (placing.style()) {
            case LABEL -> ".";
            case MATRIX -> ";";
            default -> "";
        };
    }

    private static String between(Placing placing) {
        String opening = opening(placing);
        return opening.isEmpty() ? "," : opening;
    }

    /// The items of a list, or the names and values of an object one after the other.
    ///
    /// @param joined what joins a name and its value to one word; null: they are two
    private static List<String> words(JsonNode value, @Nullable String joined) {
        List<String> words = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode item : value) {
                if (!item.isNull()) {
                    words.add(ArgumentText.of(item));
                }
            }
            return words;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String text = ArgumentText.of(member.getValue());
            if (joined != null) {
                words.add(member.getKey() + joined + text);
            } else {
                words.add(member.getKey());
                words.add(text);
            }
        }
        return words;
    }
}
