package dev.toolkeep.protocol;

import tools.jackson.databind.JsonNode;

/// Takes what a tool says while it works. Called on the call's own executor, in order, never after the answer.
@FunctionalInterface
public interface Progress {
    void say(JsonNode event);

    /// A log message of the tool, as MCP's `notifications/message` has it.
    default void log(JsonNode message) {}

    static Progress ignored() {
        return event -> {};
    }
}
