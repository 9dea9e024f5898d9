package dev.toolkeep.policy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.trust.TrustedTool;
import dev.toolkeep.wire.Malformed;
import tools.jackson.databind.node.ObjectNode;

/// Who may call what with which arguments.
public final class Policy {
    private Policy() {}

    /// Allows nothing.
    public static Policy empty() {
        return new Policy();
    }

    public static Policy compile(String yaml) throws Malformed {
        throw new Malformed("not yet");
    }

    public Summary summary() {
        throw new IllegalStateException();
    }

    public boolean discovers(Caller caller, ToolDefinition tool) {
        return false;
    }

    public PermittedCall decide(Caller caller, TrustedTool tool, ObjectNode arguments, Circumstances circumstances)
            throws Refused {
        throw new IllegalStateException();
    }

    public Explanation explain(Caller caller, ToolDefinition tool, ObjectNode arguments, Circumstances circumstances) {
        throw new IllegalStateException();
    }
}
