package dev.toolkeep.start;

/// Whether a data folder has its Toolkeep.
public sealed interface Presence {
    /// No process has it, whatever an earlier one left behind.
    record Nobody() implements Presence {}

    /// A process has it and does not listen yet, or no longer.
    record Opening() implements Presence {}

    /// A process has it and says where it listens.
    record Listening(Running who) implements Presence {}
}
