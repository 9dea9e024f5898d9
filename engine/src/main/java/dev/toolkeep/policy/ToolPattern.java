package dev.toolkeep.policy;

import dev.toolkeep.tool.ToolName;
import java.util.List;
import java.util.regex.Pattern;

/// A pattern of full tool names: `*` stands for any run of characters (none too, dots too), everything else for itself,
/// case and all.
public record ToolPattern(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_./*-]{1,160}");

    public ToolPattern {
        if (!FORM.matcher(text).matches() || !(text.contains("*") || text.contains("."))) {
            throw new IllegalArgumentException(
                    "a tool pattern is source.name of A-Z a-z 0-9 _ . / - with * for any run of characters");
        }
    }

    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                retry = in;
            } else if (at < text.length() && text.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    static boolean any(List<ToolPattern> patterns, ToolName tool) {
        String name = tool.text();
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
}
