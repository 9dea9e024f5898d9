package dev.toolkeep.protocol.net;

import java.util.Set;

/// Where a source may connect beside the public internet: `host:port`, `host` (any port) or an address block such as
/// `10.1.0.0/16` or `fd00::/8`, each granted by an operator. Hosts are compared as lower-case ASCII without a trailing
/// dot. An empty reach is the default.
public record Reach(Set<String> grants) {
    public static final Reach PUBLIC = new Reach(Set.of());

    public Reach {
        grants = Set.copyOf(grants);
    }
}
