package dev.toolkeep.protocol;

/// What is asked of an MCP offer beside its arguments. Every other tool is only ever used.
///
/// @param purpose what the call is for
public record Talk(Purpose purpose) {
    public static final Talk NONE = new Talk(Purpose.USE);
    public static final Talk COMPLETION = new Talk(Purpose.COMPLETE);

    /// What a call is for.
    public enum Purpose {
        /// Calls the tool, reads the resource, fills in the prompt.
        USE,
        /// Asks for values that would fit one argument of a prompt or of a resource template. The arguments are then
        /// `argument` `{name, value}` and `context`, as `completion/complete` takes them.
        COMPLETE
    }
}
