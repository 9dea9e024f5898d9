package dev.toolkeep.protocol;

import tools.jackson.databind.JsonNode;

/// Takes what a tool says while it works. Called on the call's own executor, in order, never after the answer.
@FunctionalInterface
public interface Progress {
    void say(JsonNode event);

    static Progress ignored() {
        return event -> {};
    }
}
