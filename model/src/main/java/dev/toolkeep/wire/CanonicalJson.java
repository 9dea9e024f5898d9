package dev.toolkeep.wire;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// JSON in its one canonical form, RFC 8785 (JCS): no white space, members sorted by UTF-16 code units, strings
/// and numbers as ECMAScript writes them. Two equal trees give equal bytes.
///
/// Numbers are IEEE 754 doubles there, so `9007199254740993` is written `9007199254740992`; where that difference
/// matters, [Definitions#digest] adds the exact value. Thread-safe and stateless.
public final class CanonicalJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CanonicalJson() {}

    /// @throws IllegalArgumentException for what I-JSON cannot say: a number that is not finite, half a surrogate
    ///     pair, a node that is no JSON value. Trees made by [StrictJson] and [StrictYaml] hold none.
    public static byte[] bytes(JsonNode node) {
        StringBuilder out = new StringBuilder(256);
        write(node, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, out);
            case ARRAY -> {
                char before = '[';
                for (JsonNode item : node) {
                    out.append(before);
                    write(item, out);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case STRING -> writeString(node.stringValue(), out);
            case NUMBER -> writeNumber(node, out);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            default -> throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
        }
    }

    private static void writeObject(JsonNode node, StringBuilder out) {
        out.append('{');
        char[] before = {0};
        node.properties().stream().sorted(Map.Entry.comparingByKey()).forEach(member -> {
            if (before[0] != 0) {
                out.append(',');
            }
            before[0] = ',';
            writeString(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
        });
        out.append('}');
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                writeControl(c, out);
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("half a surrogate pair");
                }
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void writeControl(char c, StringBuilder out) {
        switch (c) {
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }

    private static void writeNumber(JsonNode node, StringBuilder out) {
        if (node.isInt()) {
            out.append(node.intValue());
        } else if (node.isDouble() || node.isFloat()) {
            out.append(number(node.doubleValue()));
        } else {
            out.append(number(node.decimalValue().doubleValue()));
        }
    }

    /// `value` as ECMAScript's `Number::toString` writes it.
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number that is not finite");
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        StringBuilder text = new StringBuilder(24);
        if (value < 0) {
            text.append('-');
        }
        if (point > 21 || point < -5) {
            text.append(digits, 0, 1);
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            return text.append(point > 0 ? "e+" : "e-")
                    .append(Math.abs(point - 1))
                    .toString();
        }
        if (point <= 0) {
            return text.append("0.").repeat('0', -point).append(digits).toString();
        }
        if (point >= digits.length()) {
            return text.append(digits).repeat('0', point - digits.length()).toString();
        }
        return text.append(digits, 0, point)
                .append('.')
                .append(digits, point, digits.length())
                .toString();
    }

    /// The shortest decimal that reads back as `value`. The JDK's own has at least two digits (`4.9E-324`) where
    /// ECMAScript wants one (`5e-324`).
    private static BigDecimal shortest(double value) {
        BigDecimal two = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (two.precision() != 2) {
            return two;
        }
        BigDecimal one = two.round(new MathContext(1)).stripTrailingZeros();
        return one.doubleValue() == value ? one : two;
    }
}
