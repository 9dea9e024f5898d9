package dev.toolkeep.schema;

import dev.toolkeep.wire.Malformed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites one ECMA-262 regular expression in RE2's syntax, so that it accepts the same texts, and refuses what RE2
/// does not have or would blow up on. Used once.
final class EcmaSyntax {
    private static final int MAX_SIZE = 5_000;
    private static final String SPACE = " \\t\\n\\x0B\\f\\r"
            + "\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}";
    private static final String NOT_LINE_END = "[^\\n\\r\\x{2028}\\x{2029}]";
    /// General categories by the long names that RE2 does not know.
    private static final Map<String, String> CATEGORIES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Modifier_Letter", "Lm"),
            Map.entry("Other_Letter", "Lo"),
            Map.entry("Mark", "M"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("digit", "Nd"),
            Map.entry("Letter_Number", "Nl"),
            Map.entry("Other_Number", "No"),
            Map.entry("Punctuation", "P"),
            Map.entry("punct", "P"),
            Map.entry("Symbol", "S"),
            Map.entry("Math_Symbol", "Sm"),
            Map.entry("Currency_Symbol", "Sc"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"));
    private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");
    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<([A-Za-z_][A-Za-z0-9_]*)>");

    private final String ecma;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Long> outer = new ArrayDeque<>();
    private int at;
    private long size;
    private long last;

    EcmaSyntax(String ecma) {
        this.ecma = ecma;
    }

    String toRe2() throws Malformed {
        while (at < ecma.length()) {
            step();
            if (size > MAX_SIZE) {
                throw new Malformed("it is too large when its repeats are written out");
            }
        }
        return out.toString();
    }

    private void step() throws Malformed {
        char c = ecma.charAt(at);
        switch (c) {
            case '\\' -> {
                escape(false);
                atom();
            }
            case '[' -> {
                set();
                atom();
            }
            case '.' -> {
                at++;
                out.append(NOT_LINE_END);
                atom();
            }
            case '(' -> open();
            case ')' -> close();
            case '{' -> repeat();
            case '*', '+', '?', '|', '^', '$' -> copy();
            default -> {
                copy();
                atom();
            }
        }
    }

    private void atom() {
        size++;
        last = 1;
    }

    private void copy() {
        out.append(ecma.charAt(at));
        at++;
    }

    private void open() throws Malformed {
        outer.push(size);
        size = 0;
        if (!ecma.startsWith("(?", at)) {
            copy();
            return;
        }
        Matcher name = GROUP_NAME.matcher(ecma).region(at, ecma.length());
        if (ecma.startsWith("(?:", at) || ecma.startsWith("(?i:", at)) {
            int end = ecma.indexOf(':', at) + 1;
            out.append(ecma, at, end);
            at = end;
        } else if (ecma.startsWith("(?i)", at)) {
            out.append("(?i");
            at += 3;
        } else if (name.lookingAt()) {
            out.append("(?P<").append(name.group(1)).append('>');
            at = name.end();
        } else if (ecma.startsWith("(?=", at) || ecma.startsWith("(?!", at)) {
            throw new Malformed("it looks ahead, (?= or (?!, which cannot run in linear time");
        } else if (ecma.startsWith("(?<", at)) {
            throw new Malformed("it looks behind, (?<= or (?<!, which cannot run in linear time");
        } else {
            throw new Malformed("it opens a group of a kind that ECMA-262 does not have");
        }
    }

    private void close() throws Malformed {
        if (outer.isEmpty()) {
            throw new Malformed("it closes a group that was not opened");
        }
        last = size + 1;
        size = outer.pop() + last;
        copy();
    }

    private void repeat() {
        Matcher counts = REPEAT.matcher(ecma).region(at, ecma.length());
        if (!counts.lookingAt()) {
            out.append("\\{");
            at++;
            atom();
            return;
        }
        long least = Long.parseLong(counts.group(1));
        String upper = counts.group(3);
        long most = upper == null || upper.isEmpty() ? least + 1 : Long.parseLong(upper);
        size += last * Math.max(most - 1, 0);
        last *= Math.max(most, 1);
        out.append(counts.group());
        at = counts.end();
    }

    /// A character class, `[…]`.
    private void set() throws Malformed {
        if (ecma.startsWith("[]", at) || ecma.startsWith("[^]", at)) {
            throw new Malformed("it has an empty character class");
        }
        copy();
        if (at < ecma.length() && ecma.charAt(at) == '^') {
            copy();
        }
        while (at < ecma.length() && ecma.charAt(at) != ']') {
            member();
        }
        if (at == ecma.length()) {
            throw new Malformed("it has a character class that does not end");
        }
        copy();
    }

    private void member() throws Malformed {
        char c = ecma.charAt(at);
        if (c == '[') {
            out.append("\\[");
            at++;
        } else if (c == '\\') {
            boolean many = at + 1 < ecma.length() && "dDwWsSpP".indexOf(ecma.charAt(at + 1)) >= 0;
            escape(true);
            if (many && at < ecma.length() && ecma.charAt(at) == '-') {
                out.append("\\-");
                at++;
            }
        } else if (c == '-' && "dDwWsSpP".indexOf(afterBackslash(at + 1)) >= 0) {
            out.append("\\-");
            at++;
        } else {
            copy();
        }
    }

    private char afterBackslash(int index) {
        return index + 1 < ecma.length() && ecma.charAt(index) == '\\' ? ecma.charAt(index + 1) : '\n';
    }

    private void escape(boolean inSet) throws Malformed {
        if (at + 1 >= ecma.length()) {
            throw new Malformed("it ends in a backslash");
        }
        char c = ecma.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'd', 'D', 'w', 'W', 't', 'n', 'v', 'f', 'r' -> out.append('\\').append(c);
            case 's' -> out.append(inSet ? SPACE : "[" + SPACE + "]");
            case 'S' -> out.append(inSet ? "\\S" : "[^" + SPACE + "]");
            case 'b' -> out.append(inSet ? "\\x08" : "\\b");
            case 'B' -> out.append("\\B");
            case '0' -> out.append("\\x00");
            case 'x' -> point(2);
            case 'u' -> unicode();
            case 'c' -> control();
            case 'p', 'P' -> property(c);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9', 'k' ->
                throw new Malformed("it refers back to a group, which cannot run in linear time");
            default -> {
                if (Character.isLetter(c)) {
                    throw new Malformed("it has an escape, \\" + (c < 128 ? c : '?') + ", that ECMA-262 does not have");
                }
                if (c < 128) {
                    out.append('\\');
                }
                out.append(c);
            }
        }
    }

    private void point(int digits) throws Malformed {
        appendPoint(hex(at, at + digits));
        at += digits;
    }

    private void unicode() throws Malformed {
        if (at < ecma.length() && ecma.charAt(at) == '{') {
            int end = ecma.indexOf('}', at);
            appendPoint(hex(at + 1, Math.max(end, at + 1)));
            at = end + 1;
            return;
        }
        int high = hex(at, at + 4);
        at += 4;
        if (Character.isHighSurrogate((char) high) && ecma.startsWith("\\u", at)) {
            int low = hex(at + 2, at + 6);
            if (Character.isLowSurrogate((char) low)) {
                at += 6;
                high = Character.toCodePoint((char) high, (char) low);
            }
        }
        appendPoint(high);
    }

    private void control() throws Malformed {
        if (at >= ecma.length() || !Character.isLetter(ecma.charAt(at)) || ecma.charAt(at) > 127) {
            throw new Malformed("it has a control escape, \\c, without its letter");
        }
        appendPoint(ecma.charAt(at) % 32);
        at++;
    }

    private void property(char kind) throws Malformed {
        int end = ecma.indexOf('}', at);
        if (at >= ecma.length() || ecma.charAt(at) != '{' || end < 0) {
            throw new Malformed("it has a \\p without the name of a property");
        }
        String said = ecma.substring(at + 1, end);
        String name = said.substring(said.indexOf('=') + 1);
        at = end + 1;
        out.append('\\').append(kind).append('{');
        out.append(CATEGORIES.getOrDefault(name, name)).append('}');
    }

    private int hex(int from, int to) throws Malformed {
        if (to > ecma.length() || from >= to || to - from > 6) {
            throw new Malformed("it has a character escape without its digits");
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(ecma.charAt(i), 16);
            if (digit < 0) {
                throw new Malformed("it has a character escape without its digits");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private void appendPoint(int point) throws Malformed {
        if (point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF)) {
            throw new Malformed("it names a character that does not exist");
        }
        out.append("\\x{").append(Integer.toHexString(point)).append('}');
    }
}
