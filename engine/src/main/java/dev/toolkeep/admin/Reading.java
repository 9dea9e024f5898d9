package dev.toolkeep.admin;

import dev.toolkeep.registry.DriftReport;
import dev.toolkeep.registry.Source;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.LeftOut;
import java.util.List;

/// How reading a source ended. A source that cannot be read keeps what it had.
public sealed interface Reading {
    Source source();

    /// What it offers now against what it offered before, and what could not be brought in.
    record Read(Source source, DriftReport drift, List<LeftOut> leftOut) implements Reading {
        public Read {
            leftOut = List.copyOf(leftOut);
        }
    }

    record Unreadable(Source source, ToolFault fault) implements Reading {}
}
