package dev.toolkeep.protocol.http;

import tools.jackson.databind.JsonNode;

/// Arguments as `name=value` pairs (a query, or a form body): null is left out, an array repeats its name, an object
/// is compact JSON.
final class QueryText {
    private QueryText() {}

    /// Appends one argument; `separator` goes before the first pair. Returns the separator for the next one.
    static char append(StringBuilder to, char separator, String name, JsonNode value) {
        if (value.isNull()) {
            return separator;
        }
        if (!value.isArray()) {
            return pair(to, separator, name, ArgumentText.of(value));
        }
        char next = separator;
        for (JsonNode item : value) {
            if (!item.isNull()) {
                next = pair(to, next, name, ArgumentText.of(item));
            }
        }
        return next;
    }

    static char pair(StringBuilder to, char separator, String name, String value) {
        if (separator != 0) {
            to.append(separator);
        }
        Percent.encode(to, name);
        to.append('=');
        Percent.encode(to, value);
        return '&';
    }
}
