package dev.toolkeep.client;

import dev.toolkeep.tool.ToolFault;

/// The tool or the network broke, or the call was given up. The codes are those of [ToolFault.Kind].
public final class CallFailed extends ToolkeepException {
    private static final long serialVersionUID = 1L;

    private final transient ToolFault fault;

    CallFailed(ToolFault fault) {
        super(fault.kind().code(), fault.message() + (fault.detail().isEmpty() ? "" : ": " + fault.detail()));
        this.fault = fault;
    }

    /// The same as a value; its `detail` is what the tool itself said.
    public ToolFault fault() {
        return fault;
    }
}
