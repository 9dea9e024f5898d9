package dev.toolkeep.call;

/// The door a call came in by.
public enum Door {
    MCP,
    REST,
    UTCP,
    /// The program that embeds the engine.
    CLIENT
}
