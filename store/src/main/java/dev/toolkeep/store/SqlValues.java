package dev.toolkeep.store;

import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The few kinds of values in our tables: epoch milliseconds, text, lists of text as JSON.
final class SqlValues {
    private SqlValues() {}

    /// `text` itself.
    ///
    /// @throws IllegalArgumentException when a database would refuse or silently change it: U+0000, half
    ///     a surrogate pair
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("text with the character U+0000 cannot be stored");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new IllegalArgumentException("text with half a surrogate pair cannot be stored");
                }
                i++;
            }
        }
        return text;
    }

    static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : instant(millis);
    }

    static String texts(Collection<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(text -> array.add(text(text)));
        return Json.text(array);
    }

    static List<String> texts(String json) throws Malformed {
        return texts(SqlDocuments.parse(json));
    }

    static List<String> texts(@Nullable JsonNode array) throws Malformed {
        if (array == null || !array.isArray()) {
            throw new Malformed("not a list");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            texts.add(text(element));
        }
        return texts;
    }

    static String text(@Nullable JsonNode node) throws Malformed {
        if (node == null || !node.isString()) {
            throw new Malformed("not a text");
        }
        return node.stringValue();
    }
}
