package dev.toolkeep.registry;

import com.ibm.icu.lang.UCharacter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Values of definitions as a person is shown them: short, on one line, and with every character that does not show
/// written out as its code point.
final class DiffText {
    private static final int LONGEST = 120;
    private static final int CONTEXT = 40;

    private DiffText() {}

    record Pair(String before, String after) {}

    /// Both texts, cut to where they first differ when they are long.
    static Pair pair(String before, String after) {
        if (before.length() <= LONGEST && after.length() <= LONGEST) {
            return new Pair(printable(before), printable(after));
        }
        int same = 0;
        while (same < before.length() && same < after.length() && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        int from = Math.max(0, same - CONTEXT);
        return new Pair(excerpt(before, from), excerpt(after, from));
    }

    private static String excerpt(String text, int from) {
        int to = Math.min(text.length(), from + LONGEST);
        return (from > 0 ? "..." : "") + printable(text.substring(from, to)) + (to < text.length() ? "..." : "");
    }

    /// Every character that is not plainly visible as its code point in braces, `{U+202E}`.
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if ((point >= ' ' && point <= '~') || (UCharacter.isPrintable(point) && visible(point))) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format(Locale.ROOT, "{U+%04X}", point));
            }
        });
        return shown.toString();
    }

    private static boolean visible(int point) {
        return UCharacter.isLetterOrDigit(point)
                ? HiddenText.in(Character.toString(point)).isEmpty()
                : !Character.isSpaceChar(point)
                        && HiddenText.in(Character.toString(point)).isEmpty();
    }

    static String brief(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        String text = printable(value.isString() ? value.asString() : value.toString());
        if (text.isEmpty()) {
            return "\"\"";
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    static @Nullable JsonNode at(JsonNode tree, String name) {
        return tree.get(name);
    }

    static Set<String> names(JsonNode before, JsonNode after) {
        Set<String> names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        return names;
    }

    /// The same value, however its numbers are written and its members ordered.
    static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isObject() && other.isObject() && one.size() == other.size()) {
            for (Map.Entry<String, JsonNode> member : one.properties()) {
                if (!same(member.getValue(), other.get(member.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
