package dev.toolkeep.protocol.file;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;

/// A file that is not read, with the fault its caller gets.
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ToolFault fault;

    Unreadable(Kind kind, String message) {
        super(message, null, false, false);
        this.fault = ToolFault.of(kind, message);
    }

    ToolFault fault() {
        return fault;
    }
}
