package dev.toolkeep.tool;

import java.util.regex.Pattern;

/// The full name of a tool, `source.name`: the source it comes from, then the name its source gives it.
///
/// A source name is 1 to 32 characters of `a-z 0-9 _ -` and starts with a letter or digit, so the first dot always
/// parts the two. A tool name is 1 to 96 characters of `A-Z a-z 0-9 _ . / -`; readers replace anything else with `_`
/// ([#clean]) and keep the original inside the call template.
public record ToolName(String source, String name) implements Comparable<ToolName> {
    private static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./-]{1,96}");

    public ToolName {
        if (!validSource(source)) {
            throw new IllegalArgumentException("source name must be 1-32 of a-z 0-9 _ -: " + printable(source));
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("tool name must be 1-96 of A-Z a-z 0-9 _ . / -: " + printable(name));
        }
    }

    public static boolean validSource(String source) {
        return SOURCE.matcher(source).matches();
    }

    /// Parses `source.name`.
    ///
    /// @throws IllegalArgumentException when there is no dot or a part is not a valid name
    public static ToolName parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("a tool is named source.name: " + printable(text));
        }
        return new ToolName(text.substring(0, dot), text.substring(dot + 1));
    }

    /// The nearest valid tool name: every other character becomes `_`, the rest past 96 characters is cut.
    /// Returns `_` for an empty name.
    public static String clean(String original) {
        String cleaned = original.replaceAll("[^A-Za-z0-9_./-]", "_");
        if (cleaned.isEmpty()) {
            return "_";
        }
        return cleaned.length() > 96 ? cleaned.substring(0, 96) : cleaned;
    }

    public String text() {
        return source + "." + name;
    }

    @Override
    public int compareTo(ToolName other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return text();
    }

    private static String printable(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
