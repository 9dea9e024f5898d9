package dev.toolkeep.protocol.cli;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;

/// A call that is not run, with the fault its caller gets.
final class Unrunnable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ToolFault fault;

    Unrunnable(Kind kind, String message) {
        super(message, null, false, false);
        this.fault = ToolFault.of(kind, message);
    }

    ToolFault fault() {
        return fault;
    }
}
