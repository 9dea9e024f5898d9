package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.ToolFault;

/// An exchange that has no access token to be sent with. Stackless; nothing was sent to the MCP server.
final class NoToken extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ToolFault fault;

    NoToken(ToolFault fault) {
        super(fault.message(), null, false, false);
        this.fault = fault;
    }

    ToolFault fault() {
        return fault;
    }
}
