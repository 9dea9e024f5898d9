package dev.toolkeep.clientfile;

import java.util.List;

/// All that a file says.
///
/// @param leftOut what no source can be made of, with the reason
public record Found(List<Wanted> servers, List<LeftOut> leftOut) {
    public Found {
        servers = List.copyOf(servers);
        leftOut = List.copyOf(leftOut);
    }

    /// One server that is not taken.
    public record LeftOut(String name, String reason) {}
}
