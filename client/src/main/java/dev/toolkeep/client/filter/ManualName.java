package dev.toolkeep.client.filter;

import dev.toolkeep.tool.ToolName;
import java.util.Locale;

/// A manual's name as UTCP has it, and as a source of the engine: the same in lower case. Everything but letters,
/// digits and `_` becomes `_`, as in UTCP's own libraries.
public record ManualName(String utcp, String source) {
    /// @throws IllegalArgumentException when no name can be made of it
    public static ManualName of(String given) {
        String utcp = clean(given);
        String source = source(given);
        if (!ToolName.validSource(source)) {
            throw new IllegalArgumentException("a manual's name is 1 to 32 letters, digits or _ and starts with no _");
        }
        return new ManualName(utcp, source);
    }

    /// `manual.tool` as the engine names it.
    public static String tool(String given) {
        int dot = given.indexOf('.');
        return dot < 0 ? given : source(given.substring(0, dot)) + "." + ToolName.clean(given.substring(dot + 1));
    }

    /// A manual's name as the engine has it.
    public static String source(String given) {
        return clean(given).toLowerCase(Locale.ROOT);
    }

    private static String clean(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
