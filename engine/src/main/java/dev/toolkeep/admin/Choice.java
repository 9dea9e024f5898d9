package dev.toolkeep.admin;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;

/// A tool and the version of it that the operator saw when deciding.
public record Choice(ToolName tool, Digest seen) {}
