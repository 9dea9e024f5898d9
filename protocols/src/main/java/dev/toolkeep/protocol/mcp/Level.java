package dev.toolkeep.protocol.mcp;

import java.util.List;

/// How much a log message matters (RFC 5424, as MCP names them).
///
/// @param rank the least that is taken; past the last name: nothing
record Level(int rank) {
    private static final List<String> NAMES =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    /// A name that is none takes nothing.
    static Level of(String name) {
        int rank = NAMES.indexOf(name);
        return new Level(rank < 0 ? NAMES.size() : rank);
    }

    boolean takes(String name) {
        return NAMES.indexOf(name) >= rank;
    }
}
