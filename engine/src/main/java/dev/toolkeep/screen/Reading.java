package dev.toolkeep.screen;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A text as somebody who undoes one or two encodings reads it, and where each of its characters stood.
///
/// @param starts where the character of the same index begins in the original; one more entry marks the end
record Reading(String text, int[] starts) {
    /// One way to undo an encoding. Null when there is nothing to undo.
    interface Decoder {
        @Nullable
        Reading read(Reading from);
    }

    static Reading plain(String text) {
        return new Reading(text, new int[0]);
    }

    int start(int index) {
        return starts.length == 0 ? index : starts[index];
    }

    /// JSON (and most languages') backslash escapes.
    static @Nullable Reading unescaped(Reading from) {
        return from.text.indexOf('\\') < 0 ? null : rebuilt(from, Reading::escape);
    }

    /// Percent-encoding (RFC 3986); each byte is read as one character.
    static @Nullable Reading unpercented(Reading from) {
        return from.text.indexOf('%') < 0 ? null : rebuilt(from, Reading::percent);
    }

    /// Form encoding: percent-encoding with `+` for a space.
    static @Nullable Reading unformed(Reading from) {
        return from.text.indexOf('+') < 0 ? null : rebuilt(from, Reading::form);
    }

    /// Lines joined, as base64 is often wrapped.
    static @Nullable Reading unwrapped(Reading from) {
        return from.text.indexOf('\n') < 0 ? null : rebuilt(from, Reading::wrap);
    }

    /// Reads what begins at `at`: the character it stands for (negative: none) in the upper 32 bits, and how many
    /// characters it takes in the lower.
    private interface Step {
        long at(String text, int at);
    }

    private static Reading rebuilt(Reading from, Step step) {
        String text = from.text;
        StringBuilder decoded = new StringBuilder(text.length());
        int[] starts = new int[text.length() + 1];
        int at = 0;
        while (at < text.length()) {
            long read = step.at(text, at);
            int stands = (int) (read >> 32);
            if (stands >= 0) {
                starts[decoded.length()] = from.start(at);
                decoded.append((char) stands);
            }
            at += (int) read;
        }
        starts[decoded.length()] = from.start(text.length());
        return new Reading(decoded.toString(), Arrays.copyOf(starts, decoded.length() + 1));
    }

    private static long read(int stands, int takes) {
        return ((long) stands << 32) | takes;
    }

    private static long escape(String text, int at) {
        char first = text.charAt(at);
        if (first != '\\' || at + 1 >= text.length()) {
            return read(first, 1);
        }
        char second = text.charAt(at + 1);
        return switch (second) {
            case '"', '\\', '/', '\'' -> read(second, 2);
            case 'b' -> read('\b', 2);
            case 'f' -> read('\f', 2);
            case 'n' -> read('\n', 2);
            case 'r' -> read('\r', 2);
            case 't' -> read('\t', 2);
            case 'u' -> {
                int code = hex(text, at + 2, 4);
                yield code < 0 ? read(first, 1) : read(code, 6);
            }
            default -> read(first, 1);
        };
    }

    private static long percent(String text, int at) {
        int code = text.charAt(at) == '%' ? hex(text, at + 1, 2) : -1;
        return code < 0 ? read(text.charAt(at), 1) : read(code, 3);
    }

    private static long form(String text, int at) {
        return text.charAt(at) == '+' ? read(' ', 1) : percent(text, at);
    }

    private static long wrap(String text, int at) {
        char c = text.charAt(at);
        return read(c == '\n' || c == '\r' ? -1 : c, 1);
    }

    private static int hex(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
