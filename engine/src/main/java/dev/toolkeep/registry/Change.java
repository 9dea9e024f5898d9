package dev.toolkeep.registry;

/// One difference between two definitions of a tool, in words people read.
///
/// @param kind which part of the definition
/// @param path where in it, for people: `argument limit`, `annotations`, `url`
/// @param before how it was; empty when it was not there
/// @param after how it is; empty when it is gone
public record Change(Kind kind, String path, String before, String after, Weight weight) {
    public enum Kind {
        NAME,
        TITLE,
        DESCRIPTION,
        INPUTS,
        OUTPUTS,
        ANNOTATIONS,
        TAGS,
        PROTOCOL,
        TARGET,
        AUTH,
        HOSTS,
        LABEL
    }

    /// What the change does to the power or meaning of the tool.
    public enum Weight {
        /// It may do, reach, take or say more than before, or something else: look twice.
        WIDENING,
        /// It may do less.
        NARROWING,
        /// Neither.
        NEUTRAL
    }

    /// One line: `argument limit: maximum 100 -> 1000`.
    public String text() {
        if (before.isEmpty() && after.isEmpty()) {
            return path;
        }
        if (before.isEmpty()) {
            return path + ": added " + after;
        }
        return after.isEmpty() ? path + ": removed " + before : path + ": " + before + " -> " + after;
    }
}
