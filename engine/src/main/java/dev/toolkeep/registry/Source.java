package dev.toolkeep.registry;

import dev.toolkeep.protocol.net.Reach;
import java.time.Instant;

/// Where tools come from. `reach` is what the operator granted its calls beside the public internet.
public record Source(String name, Origin origin, Reach reach, Instant added) {}
