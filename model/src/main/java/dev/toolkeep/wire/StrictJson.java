package dev.toolkeep.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The only reader of JSON (RFC 8259, held to I-JSON, RFC 7493, so that every other parser reads the same).
///
/// Refused: a byte order mark, bytes that are not UTF-8, half a surrogate pair (raw or escaped), a name twice
/// in one object, anything after the value, comments, NaN and Infinity, a number no double can hold (`1e400`,
/// and `1e-400`, which a double makes zero), and whatever is over its [Bounds]. Whole numbers written without a
/// point or an exponent stay exact; the others are `BigDecimal`. Thread-safe; holds no more than the tree it
/// returns.
public final class StrictJson {
    // The bounds are judged here, value by value, so the parser's own are opened.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final ObjectReadContext CONTEXT = ObjectReadContext.empty();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Bounds bounds;
    private int values;

    private StrictJson(JsonParser parser, Bounds bounds) {
        this.parser = parser;
        this.bounds = bounds;
    }

    /// The one value in `bytes`.
    public static JsonNode parse(byte[] bytes, Bounds bounds) throws Malformed {
        if (bytes.length > bounds.bytes()) {
            throw new Malformed("larger than " + bounds.bytes() + " bytes");
        }
        Utf8.check(bytes, true);
        try (JsonParser parser = FACTORY.createParser(CONTEXT, bytes)) {
            if (parser.nextToken() == null) {
                throw new Malformed("empty, where JSON was expected");
            }
            JsonNode value = new StrictJson(parser, bounds).value(parser.currentToken(), 0);
            if (parser.nextToken() != null) {
                throw new Malformed("more than one JSON value" + place(parser.currentTokenLocation()));
            }
            return value;
        } catch (JacksonException e) {
            throw new Malformed("not JSON" + place(e.getLocation()));
        }
    }

    /// The one object in `bytes`.
    public static ObjectNode object(byte[] bytes, Bounds bounds) throws Malformed {
        if (parse(bytes, bounds) instanceof ObjectNode object) {
            return object;
        }
        throw new Malformed("not a JSON object");
    }

    private JsonNode value(JsonToken token, int depth) throws Malformed {
        if (++values > bounds.values()) {
            throw refused("more than " + bounds.values() + " values");
        }
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> NODES.stringNode(string());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw refused("not JSON");
        };
    }

    private ObjectNode object(int depth) throws Malformed {
        checkDepth(depth);
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (name.length() > bounds.text()) {
                throw refused("a name longer than " + bounds.text() + " characters");
            }
            if (object.replace(name, value(parser.nextToken(), depth)) != null) {
                throw refused("a name twice in one object");
            }
        }
        return object;
    }

    private ArrayNode array(int depth) throws Malformed {
        checkDepth(depth);
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, depth));
        }
        return array;
    }

    private String string() throws Malformed {
        String text = parser.getString();
        if (text.length() > bounds.text()) {
            throw refused("a text longer than " + bounds.text() + " characters");
        }
        return text;
    }

    private JsonNode integer() throws Malformed {
        checkNumberLength();
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> {
                BigInteger value = parser.getBigIntegerValue();
                if (Double.isInfinite(value.doubleValue())) {
                    throw refused("a number out of range");
                }
                yield NODES.numberNode(value);
            }
        };
    }

    private JsonNode decimal() throws Malformed {
        checkNumberLength();
        try {
            return NODES.numberNode(inRange(new BigDecimal(parser.getString())));
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused("a number out of range");
        }
    }

    /// `value` when a double can hold its size; zero loses an absurd scale (`0e999999999`), which would print as
    /// gigabytes.
    ///
    /// @throws ArithmeticException when it is too large, or so small that a double makes it zero
    static BigDecimal inRange(BigDecimal value) {
        if (value.signum() == 0) {
            return Math.abs((long) value.scale()) > 400 ? BigDecimal.ZERO : value;
        }
        long magnitude = (long) value.precision() - value.scale();
        if (magnitude > 310 || magnitude < -330) {
            throw new ArithmeticException("out of range");
        }
        double rounded = value.doubleValue();
        if (rounded == 0 || Double.isInfinite(rounded)) {
            throw new ArithmeticException("out of range");
        }
        return value;
    }

    private void checkDepth(int depth) throws Malformed {
        if (depth > bounds.depth()) {
            throw refused("nested deeper than " + bounds.depth());
        }
    }

    private void checkNumberLength() throws Malformed {
        if (parser.getStringLength() > bounds.number()) {
            throw refused("a number longer than " + bounds.number() + " characters");
        }
    }

    private Malformed refused(String what) {
        return new Malformed(what + place(parser.currentTokenLocation()));
    }

    private static String place(TokenStreamLocation where) {
        return " at line " + Math.max(where.getLineNr(), 1) + ", column " + Math.max(where.getColumnNr(), 1);
    }
}
