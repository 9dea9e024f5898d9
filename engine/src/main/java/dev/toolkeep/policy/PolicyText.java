package dev.toolkeep.policy;

import java.time.Instant;

/// One revision of the policy as an operator wrote it (YAML), 1 the first. Only text that compiled is ever saved.
public record PolicyText(long revision, String yaml, String by, Instant at) {}
