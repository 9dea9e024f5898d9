package dev.toolkeep.call;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.tool.ToolFault;

/// How a call ended. By the time a door holds one, the journal holds its record durably.
public sealed interface CallOutcome {
    record Answered(Answer answer) implements CallOutcome {}

    record NotAllowed(Refusal refusal) implements CallOutcome {}

    record Failed(ToolFault fault) implements CallOutcome {}
}
