package dev.toolkeep.call;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.ToolFault;
import dev.toolkeep.refusal.Refusal;

/// How a call ended. By the time a door holds one, the journal holds its record durably.
public sealed interface CallOutcome {
    record Answered(Answer answer) implements CallOutcome {}

    record NotAllowed(Refusal refusal) implements CallOutcome {}

    record Failed(ToolFault fault) implements CallOutcome {}
}
