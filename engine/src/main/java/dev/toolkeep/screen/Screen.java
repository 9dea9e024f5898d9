package dev.toolkeep.screen;

import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.vault.OpenedSecrets;
import tools.jackson.databind.JsonNode;

/// Checks and cleans what a tool sent.
public final class Screen {
    public Screen() {}

    public Sent clean(Sent sent, PermittedCall call, OpenedSecrets secrets) {
        return sent;
    }

    public JsonNode clean(JsonNode event, OpenedSecrets secrets) {
        return event;
    }
}
