package dev.toolkeep.protocol;

import dev.toolkeep.tool.ToolFault;

/// How sending ended.
public sealed interface Sent {
    record Answered(Answer answer) implements Sent {}

    record Failed(ToolFault fault) implements Sent {}
}
