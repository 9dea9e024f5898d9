package dev.toolkeep.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What caller and tool may say to each other beside arguments and answer. Only MCP has any of it; every other tool is
/// only ever used.
///
/// @param purpose what the call is for
/// @param questions who answers what the tool asks
/// @param logLevel the least of the tool's log messages the caller wants, by MCP's names; empty: none
/// @param retry answers to what an earlier call of the same asked; null when this is no such retry
public record Talk(
        Purpose purpose,
        Questions questions,
        String logLevel,
        @Nullable Retry retry) {
    public static final Talk NONE = new Talk(Purpose.USE, Questions.NONE, "", null);
    public static final Talk COMPLETION = new Talk(Purpose.COMPLETE, Questions.NONE, "", null);

    /// What a call is for.
    public enum Purpose {
        /// Calls the tool, reads the resource, fills in the prompt.
        USE,
        /// Asks for values that would fit one argument of a prompt or of a resource template. The arguments are then
        /// `argument` `{name, value}` and `context`, as `completion/complete` takes them.
        COMPLETE
    }

    /// @param responses by the keys of the requests
    /// @param state what the tool gave along with them; empty when it gave none
    public record Retry(ObjectNode responses, String state) {}

    public Talk with(Questions others) {
        return new Talk(purpose, others, logLevel, retry);
    }
}
