package dev.toolkeep.protocol.http;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;

/// A call that cannot become a request. Stackless; nothing was sent.
public final class Unsendable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ToolFault fault;

    public Unsendable(String words) {
        this(Kind.BAD_REQUEST, words);
    }

    public Unsendable(Kind kind, String words) {
        super(words, null, false, false);
        this.fault = ToolFault.of(kind, words);
    }

    public ToolFault fault() {
        return fault;
    }
}
