package dev.toolkeep.terminal;

/// How a piece of text looks on a terminal; anywhere else it is plain.
public enum Style {
    PLAIN(""),
    STRONG("\u001b[1m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    FAINT("\u001b[2m");

    private static final String END = "\u001b[0m";

    private final String start;

    Style(String start) {
        this.start = start;
    }

    String over(String text, boolean coloured) {
        return coloured && this != PLAIN && !text.isEmpty() ? start + text + END : text;
    }
}
