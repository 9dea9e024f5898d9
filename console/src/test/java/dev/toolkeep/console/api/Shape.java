package dev.toolkeep.console.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The shape of a JSON value as docs/api.md writes it: `{a, b?: [text], c: Named, d: {NAME: n}}`.
public sealed interface Shape {
    /// Any value but null.
    record Any() implements Shape {}

    record Count() implements Shape {}

    record Text() implements Shape {}

    record ListOf(Shape each) implements Shape {}

    /// `{NAME: n}`: any names, each with such a value.
    record MapOf(Shape each) implements Shape {}

    record ObjectOf(Map<String, Field> fields) implements Shape {}

    record Named(String name) implements Shape {}

    record OneOf(List<Shape> shapes) implements Shape {}

    record Field(boolean optional, Shape shape) {}

    static Shape parse(String text) {
        Reader reader = new Reader(text);
        Shape shape = reader.shape();
        reader.end();
        return shape;
    }

    /// What does not fit, or empty.
    default Optional<String> misfit(JsonNode value, Map<String, Shape> named, String place) {
        return switch (this) {
            case Any any -> value.isNull() ? Optional.of(place + " is null") : Optional.empty();
            case Count count -> value.isIntegralNumber() ? Optional.empty() : Optional.of(place + " is no count");
            case Text text -> value.isString() ? Optional.empty() : Optional.of(place + " is no text");
            case Named(String name) -> {
                Shape shape = named.get(name);
                if (shape == null && !name.equals("Record")) {
                    throw new AssertionError("docs/api.md names a shape it does not have: " + name);
                }
                yield shape == null ? Optional.empty() : shape.misfit(value, named, place);
            }
            case OneOf(List<Shape> shapes) -> {
                List<String> misfits = new ArrayList<>();
                shapes.forEach(one -> one.misfit(value, named, place).ifPresent(misfits::add));
                yield misfits.size() < shapes.size() ? Optional.empty() : Optional.of(String.join(" or ", misfits));
            }
            case ListOf(Shape each) -> {
                if (!value.isArray()) {
                    yield Optional.of(place + " is no list");
                }
                yield value.valueStream()
                        .flatMap(one -> each.misfit(one, named, place + "[]").stream())
                        .findFirst();
            }
            case MapOf(Shape each) ->
                value.propertyStream()
                        .flatMap(one -> each.misfit(one.getValue(), named, place + "." + one.getKey()).stream())
                        .findFirst();
            case ObjectOf(Map<String, Field> fields) -> misfit(fields, value, named, place);
        };
    }

    private static Optional<String> misfit(
            Map<String, Field> fields, JsonNode value, Map<String, Shape> named, String place) {
        if (!value.isObject()) {
            return Optional.of(place + " is no object");
        }
        TreeSet<String> surplus = new TreeSet<>(value.propertyNames());
        surplus.removeAll(fields.keySet());
        if (!surplus.isEmpty()) {
            return Optional.of(place + " has undocumented " + surplus);
        }
        for (Map.Entry<String, Field> entry : fields.entrySet()) {
            JsonNode found = value.get(entry.getKey());
            if (found == null) {
                if (!entry.getValue().optional()) {
                    return Optional.of(place + " lacks " + entry.getKey());
                }
            } else {
                Optional<String> misfit = entry.getValue().shape().misfit(found, named, place + "." + entry.getKey());
                if (misfit.isPresent()) {
                    return misfit;
                }
            }
        }
        return Optional.empty();
    }

    /// Reads the notation.
    final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Shape shape() {
            if (eat("[")) {
                Shape each = shape();
                need("]");
                return new ListOf(each);
            }
            return eat("{") ? object() : word();
        }

        void end() {
            if (at != text.length()) {
                throw new AssertionError("docs/api.md: cannot read " + text + " from " + at);
            }
        }

        private Shape object() {
            Map<String, Field> fields = new LinkedHashMap<>();
            do {
                String name = name();
                boolean optional = eat("?");
                fields.put(name, new Field(optional, eat(":") ? shape() : new Any()));
            } while (eat(","));
            need("}");
            Map.Entry<String, Field> first = fields.entrySet().iterator().next();
            boolean map = first.getKey().equals(first.getKey().toUpperCase(Locale.ROOT));
            return map ? new MapOf(first.getValue().shape()) : new ObjectOf(fields);
        }

        private Shape word() {
            if (text.startsWith("\"", at)) {
                while (at < text.length() && ",}]".indexOf(text.charAt(at)) < 0) {
                    at++; // the words it may be: "a", "b" or "c"
                    while (text.startsWith(", \"", at) || text.startsWith(",\"", at)) {
                        at += 2;
                    }
                }
                return new Text();
            }
            String name = name();
            if (Character.isUpperCase(name.charAt(0))) {
                return new Named(name);
            }
            return name.equals("n") ? new Count() : new Text();
        }

        private String name() {
            skip();
            int start = at;
            while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
                at++;
            }
            if (start == at) {
                throw new AssertionError("docs/api.md: a name is missing in " + text + " at " + at);
            }
            return text.substring(start, at);
        }

        private boolean eat(String token) {
            skip();
            boolean there = text.startsWith(token, at);
            at += there ? token.length() : 0;
            skip();
            return there;
        }

        private void need(String token) {
            if (!eat(token)) {
                throw new AssertionError("docs/api.md: " + token + " is missing in " + text + " at " + at);
            }
        }

        private void skip() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
