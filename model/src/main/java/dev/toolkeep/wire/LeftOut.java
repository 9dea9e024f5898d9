package dev.toolkeep.wire;

/// A tool or operation of a document that was not taken over, and why. Both texts are fit to show: printable,
/// bounded, without values.
public record LeftOut(String name, String reason) {
    public LeftOut {
        name = Members.printable(name);
    }
}
