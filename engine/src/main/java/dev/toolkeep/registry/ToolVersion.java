package dev.toolkeep.registry;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import java.time.Instant;

/// One definition under its digest, and when it was first seen. Kept for ever; the digest is checked again whenever one
/// is loaded.
public record ToolVersion(Digest digest, ToolDefinition definition, Instant seen) {}
