package dev.toolkeep.wire;

import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.PartEncoding;
import dev.toolkeep.tool.Placing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How arguments are written into a request, read and written: the members `parameter_styles`, by argument
/// `{in, name, style, explode}`, and `body_encoding`, `"base64"` or by member
/// `{style, explode, content_type, base64}`. UTCP does not know them; OpenAPI's words are used.
final class Placings {
    private static final int MOST = 1_000;

    private Placings() {}

    static void write(HttpCall request, ObjectNode json) {
        if (request.placings().isEmpty()) {
            return;
        }
        ObjectNode parameters = json.putObject("parameter_styles");
        new TreeMap<>(request.placings())
                .forEach((argument, placing) -> parameters
                        .putObject(argument)
                        .put("in", placing.in().word())
                        .put("name", placing.name())
                        .put("style", placing.style().word())
                        .put("explode", placing.explode()));
    }

    static Map<String, Placing> read(JsonNode json, String url) throws Malformed {
        Map<String, Placing> placings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : bounded(json, "parameter_styles").properties()) {
            Placing placing = placing(one.getKey(), one.getValue());
            boolean inPath = url.contains("{" + one.getKey() + "}");
            if (inPath != (placing.in() == Placing.In.PATH)) {
                throw new Malformed("parameter_styles and the URL differ about where an argument goes");
            }
            placings.put(one.getKey(), placing);
        }
        return placings;
    }

    private static Placing placing(String argument, JsonNode json) throws Malformed {
        Placing.In in = in(Members.text(json, "in"));
        Placing placing = new Placing(
                in,
                Members.text(json, "name", argument),
                style(json, in == Placing.In.QUERY || in == Placing.In.COOKIE ? "form" : "simple"),
                Amounts.yes(json, "explode", false));
        check(placing);
        return placing;
    }

    /// @throws Malformed when no argument may be written like that; the message says why
    static void check(Placing placing) throws Malformed {
        if (!placing.style().fits(placing.in())) {
            throw new Malformed("the style " + placing.style().word() + " does not go into "
                    + placing.in().word());
        }
        boolean named = switch (placing.in()) {
            case PATH, QUERY -> !placing.name().isEmpty();
            case HEADER -> HeaderNames.valid(placing.name()) && HeaderNames.argumentMaySet(placing.name());
            case COOKIE -> HeaderNames.valid(placing.name());
        };
        if (!named) {
            throw new Malformed("an argument may not set the " + placing.in().word() + " parameter of that name");
        }
    }

    static void write(Map<String, PartEncoding> encoding, ObjectNode json) {
        new TreeMap<>(encoding).forEach((member, part) -> {
            ObjectNode one =
                    json.putObject(member).put("style", part.style().word()).put("explode", part.explode());
            if (!part.contentType().isEmpty()) {
                one.put("content_type", part.contentType());
            }
            if (part.base64()) {
                one.put("base64", true);
            }
        });
    }

    /// The body that the argument `field` is.
    static HttpCall.Body body(JsonNode json, String field) throws Malformed {
        JsonNode encoding = Members.given(json, "body_encoding");
        if (encoding == null) {
            return new HttpCall.Body.Field(field);
        }
        if (encoding.isString()) {
            if (!encoding.stringValue().equals("base64")) {
                throw new Malformed("body_encoding must be \"base64\" or an object");
            }
            return new HttpCall.Body.Bytes(field);
        }
        Map<String, PartEncoding> parts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one : bounded(json, "body_encoding").properties()) {
            JsonNode part = one.getValue();
            String type = Members.text(part, "content_type", "");
            HeaderNames.checkValue("content_type", type);
            Placing.Style style = style(part, "form");
            if (!style.fits(Placing.In.QUERY)) {
                throw new Malformed("the style " + style.word() + " does not go into a body");
            }
            parts.put(
                    one.getKey(),
                    new PartEncoding(
                            style, Amounts.yes(part, "explode", true), type, Amounts.yes(part, "base64", false)));
        }
        return new HttpCall.Body.Members(field, parts);
    }

    private static ObjectNode bounded(JsonNode json, String member) throws Malformed {
        ObjectNode map = Members.object(json, member);
        if (map.size() > MOST) {
            throw new Malformed(member + " holds more than " + MOST + " members");
        }
        return map;
    }

    private static Placing.In in(String word) throws Malformed {
        try {
            return Placing.In.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Malformed("a parameter must be in path, query, header or cookie");
        }
    }

    static Placing.Style style(JsonNode json, String otherwise) throws Malformed {
        String word = Members.text(json, "style", otherwise);
        return Placing.Style.of(word)
                .orElseThrow(() -> new Malformed("the style '" + Members.printable(word) + "' is not known"));
    }
}
