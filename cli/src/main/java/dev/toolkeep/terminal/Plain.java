package dev.toolkeep.terminal;

/// Makes text from outside fit for people's eyes: whatever is not plainly visible (control characters, escape
/// sequences, what turns the direction of text or hides in it) is written out as its code point, so that a tool's
/// description can neither repaint the terminal nor show one thing and mean another.
public final class Plain {
    private Plain() {}

    /// One line: line breaks and tabs are written out too.
    public static String line(String text) {
        return clean(text, false);
    }

    /// Several lines: line feeds stay, a return before one goes.
    public static String lines(String text) {
        return clean(text.replace("\r\n", "\n"), true);
    }

    /// JSON text that means the same, with the same characters escaped.
    public static String json(String json) {
        StringBuilder out = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(point -> {
            if (point == '\n' || visible(point)) {
                out.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    out.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return out.toString();
    }

    private static String clean(String text, boolean breaks) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (visible(point) || (breaks && point == '\n')) {
                out.appendCodePoint(point);
            } else {
                out.append(
                        switch (point) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> breaks ? "    " : "\\t";
                            default -> String.format("\\u{%x}", point);
                        });
            }
        });
        return out.toString();
    }

    private static boolean visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
