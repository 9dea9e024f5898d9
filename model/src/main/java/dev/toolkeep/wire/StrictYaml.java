package dev.toolkeep.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The only reader of YAML, for documents people write: YAML 1.2 with its core schema, held to what JSON can say.
///
/// Refused: a key twice in one mapping, a key that is no scalar, anchors, aliases, merge keys and tags, a
/// second document, NaN and infinity, and whatever is over its [Bounds]. What starts with `{` or `[` is JSON
/// and is read by [StrictJson]. Keys are always text (`200:` is `"200"`). Thread-safe.
public final class StrictYaml {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern OTHER_BASE = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private final Iterator<Event> events;
    private final Bounds bounds;
    private int values;

    private StrictYaml(Iterator<Event> events, Bounds bounds) {
        this.events = events;
        this.bounds = bounds;
    }

    /// The one document in `bytes`.
    public static JsonNode parse(byte[] bytes, Bounds bounds) throws Malformed {
        if (bytes.length > bounds.bytes()) {
            throw new Malformed("larger than " + bounds.bytes() + " bytes");
        }
        if (looksLikeJson(bytes)) {
            return StrictJson.parse(bytes, bounds);
        }
        Utf8.check(bytes, false);
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Math.max(bytes.length, 1))
                .setUseMarks(true)
                .build();
        try {
            Iterator<Event> events = new Parse(settings)
                    .parseString(new String(bytes, StandardCharsets.UTF_8))
                    .iterator();
            return new StrictYaml(events, bounds).document();
        } catch (MarkedYamlEngineException e) {
            throw new Malformed("not YAML" + place(e.getProblemMark()));
        } catch (YamlEngineException e) {
            throw new Malformed("not YAML");
        }
    }

    private static boolean looksLikeJson(byte[] bytes) {
        for (byte c : bytes) {
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return c == '{' || c == '[';
            }
        }
        return false;
    }

    private JsonNode document() throws Malformed {
        events.next();
        Event start = events.next();
        if (start.getEventId() != Event.ID.DocumentStart) {
            throw new Malformed("empty, where YAML was expected");
        }
        JsonNode value = value(events.next(), 0);
        events.next();
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw refused("more than one document", after);
        }
        return value;
    }

    private JsonNode value(Event event, int depth) throws Malformed {
        if (++values > bounds.values()) {
            throw refused("more than " + bounds.values() + " values", event);
        }
        if (event.getEventId() == Event.ID.Alias) {
            throw refused("an alias", event);
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw refused("an anchor", event);
        }
        if (event instanceof CollectionStartEvent start && start.getTag().isPresent()) {
            throw refused("a tag", event);
        }
        return switch (event.getEventId()) {
            case MappingStart -> mapping(event, depth + 1);
            case SequenceStart -> sequence(event, depth + 1);
            case Scalar -> scalar((ScalarEvent) event);
            default -> throw refused("not YAML", event);
        };
    }

    private ObjectNode mapping(Event start, int depth) throws Malformed {
        checkDepth(depth, start);
        ObjectNode object = NODES.objectNode();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            if (!(key instanceof ScalarEvent scalar)) {
                throw refused("a key that is no scalar", key);
            }
            if (scalar.getTag().isPresent() || scalar.getAnchor().isPresent()) {
                throw refused("a tag or an anchor", key);
            }
            if (scalar.getScalarStyle() == ScalarStyle.PLAIN
                    && scalar.getValue().equals("<<")) {
                throw refused("a merge key", key);
            }
            if (object.replace(text(scalar), value(events.next(), depth)) != null) {
                throw refused("a key twice in one mapping", key);
            }
        }
        return object;
    }

    private ArrayNode sequence(Event start, int depth) throws Malformed {
        checkDepth(depth, start);
        ArrayNode array = NODES.arrayNode();
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            array.add(value(item, depth));
        }
        return array;
    }

    private JsonNode scalar(ScalarEvent event) throws Malformed {
        Optional<String> tag = event.getTag();
        if (tag.isPresent()) {
            throw refused("a tag", event);
        }
        String text = text(event);
        if (event.getScalarStyle() != ScalarStyle.PLAIN) {
            return NODES.stringNode(text);
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> NODES.nullNode();
            case "true", "True", "TRUE" -> NODES.booleanNode(true);
            case "false", "False", "FALSE" -> NODES.booleanNode(false);
            default -> plain(text, event);
        };
    }

    private JsonNode plain(String text, ScalarEvent event) throws Malformed {
        char first = text.charAt(0);
        if (first != '+' && first != '-' && first != '.' && (first < '0' || first > '9')) {
            return NODES.stringNode(text);
        }
        boolean otherBase = OTHER_BASE.matcher(text).matches();
        if (!otherBase && NOT_FINITE.matcher(text).matches()) {
            throw refused("a number that is not finite", event);
        }
        if (!otherBase && !DECIMAL.matcher(text).matches()) {
            return NODES.stringNode(text);
        }
        if (text.length() > bounds.number()) {
            throw refused("a number longer than " + bounds.number() + " characters", event);
        }
        try {
            if (otherBase) {
                return integer(new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
            }
            return INTEGER.matcher(text).matches()
                    ? integer(new BigInteger(text))
                    : NODES.numberNode(StrictJson.inRange(new BigDecimal(text)));
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused("a number out of range", event);
        }
    }

    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < 32) {
            return NODES.numberNode(value.intValue());
        }
        if (value.bitLength() < 64) {
            return NODES.numberNode(value.longValue());
        }
        if (Double.isInfinite(value.doubleValue())) {
            throw new ArithmeticException("out of range");
        }
        return NODES.numberNode(value);
    }

    private String text(ScalarEvent event) throws Malformed {
        String text = event.getValue();
        if (text.length() > bounds.text()) {
            throw refused("a text longer than " + bounds.text() + " characters", event);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused("half a surrogate pair", event);
        }
        return text;
    }

    private void checkDepth(int depth, Event event) throws Malformed {
        if (depth > bounds.depth()) {
            throw refused("nested deeper than " + bounds.depth(), event);
        }
    }

    private static Malformed refused(String what, Event event) {
        return new Malformed(what + place(event.getStartMark()));
    }

    private static String place(Optional<Mark> where) {
        return where.map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                .orElse("");
    }
}
