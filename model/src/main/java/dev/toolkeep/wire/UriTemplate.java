package dev.toolkeep.wire;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A URI template (RFC 6570) read backwards: whether a URI can come of it. Simple (`{id}`), reserved (`{+path}`),
/// fragment (`{#part}`), label (`{.ext}`), path (`{/step}`) and query (`{?q}`, `{&q}`) expressions, with explode and
/// prefix modifiers, are understood. The work is linear in template times URI. Immutable.
public final class UriTemplate {
    private static final int LONGEST_TEMPLATE = 1024;
    private static final int LONGEST_URI = 4096;
    private static final String UNRESERVED = "-._~%,"; // % of escapes, comma between the values of a list
    private static final String RESERVED = ":/?#[]@!$&'()*+;=";

    private final List<Part> parts;

    private UriTemplate(List<Part> parts) {
        this.parts = parts;
    }

    private sealed interface Part {
        record Literal(String text) implements Part {}

        /// @param first what must stand before the values when there are any; empty for none
        /// @param more characters values may hold beside letters, digits and [UriTemplate#UNRESERVED]
        /// @param optional whether nothing at all may stand here
        record Values(String first, String more, boolean optional) implements Part {}
    }

    /// @throws Malformed when a brace is not closed, an expression is empty or unknown, or the template is too long
    public static UriTemplate of(String text) throws Malformed {
        if (text.length() > LONGEST_TEMPLATE) {
            throw new Malformed("a URI template must not have more than " + LONGEST_TEMPLATE + " characters");
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new Malformed("an expression of the URI template is not closed");
            }
            literal(text.substring(from, open), parts);
            parts.add(expression(text.substring(open + 1, close)));
            from = close + 1;
        }
        literal(text.substring(from), parts);
        return new UriTemplate(List.copyOf(parts));
    }

    /// Whether some values make this URI of the template. A URI with a step `..` never matches.
    public boolean matches(String uri) {
        if (uri.length() > LONGEST_URI || climbs(uri)) {
            return false;
        }
        BitSet reached = new BitSet();
        reached.set(0);
        for (Part part : parts) {
            reached = switch (part) {
                case Part.Literal(String text) -> after(text, reached, uri);
                case Part.Values values -> after(values, reached, uri);
            };
        }
        return reached.get(uri.length());
    }

    /// Percent-encoded dots climb as well as plain ones.
    private static boolean climbs(String uri) {
        String plain =
                uri.replace("%2e", ".").replace("%2E", ".").replace("%2f", "/").replace("%2F", "/");
        return plain.contains("/../") || plain.endsWith("/..");
    }

    private static BitSet after(String text, BitSet reached, String uri) {
        BitSet next = new BitSet();
        for (int at = reached.nextSetBit(0); at >= 0; at = reached.nextSetBit(at + 1)) {
            if (uri.startsWith(text, at)) {
                next.set(at + text.length());
            }
        }
        return next;
    }

    private static BitSet after(Part.Values values, BitSet reached, String uri) {
        BitSet next = new BitSet();
        if (values.optional()) {
            next.or(reached);
        }
        boolean inside = false;
        for (int at = 0; at < uri.length(); at++) {
            int start = at - values.first().length();
            boolean begins = start >= 0 && reached.get(start) && uri.startsWith(values.first(), start);
            inside = (inside || begins) && allowed(uri.charAt(at), values.more());
            if (inside) {
                next.set(at + 1);
            }
        }
        return next;
    }

    private static boolean allowed(char c, String more) {
        boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return plain || UNRESERVED.indexOf(c) >= 0 || more.indexOf(c) >= 0;
    }

    private static void literal(String text, List<Part> parts) throws Malformed {
        if (text.indexOf('}') >= 0) {
            throw new Malformed("a brace of the URI template closes nothing");
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Literal(text));
        }
    }

    private static Part expression(String text) throws Malformed {
        if (text.isEmpty()) {
            throw new Malformed("an expression of the URI template is empty");
        }
        char operator = text.charAt(0);
        String names =
                Character.isLetterOrDigit(operator) || operator == '_' || operator == '%' ? text : text.substring(1);
        if (names.isEmpty() || !names.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_.,*:%".indexOf(c) >= 0)) {
            throw new Malformed("an expression of the URI template names no variable");
        }
        if (names.length() == text.length()) {
            return new Part.Values("", "", false);
        }
        return switch (operator) {
            case '+' -> new Part.Values("", RESERVED, false);
            case '#' -> new Part.Values("#", RESERVED, true);
            case '.' -> new Part.Values(".", "", true);
            case '/' -> new Part.Values("/", names.endsWith("*") ? "/" : "", true);
            case ';' -> new Part.Values(";", ";=", true);
            case '?' -> new Part.Values("?", "&=", true);
            case '&' -> new Part.Values("&", "&=", true);
            default -> throw new Malformed("an expression of the URI template has an unknown operator");
        };
    }
}
