package dev.toolkeep.web.mcp;

import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.protocol.Withdrawal;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The open `tools/call` requests of this node, so that `notifications/cancelled` (2025-11-25, Cancellation) finds
/// them.
///
/// There are no sessions here, so a request is known by the key it came with and its id. Where two open requests of one
/// key share an id, nobody can tell which is meant and neither is cancelled. Thread-safe.
final class OpenRequests {
    private final ConcurrentHashMap<Name, List<Withdrawal>> open = new ConcurrentHashMap<>();

    /// @param id as JSON, so that `1` is not `"1"`
    private record Name(String key, String id) {}

    void opened(Authenticated who, JsonNode id, Withdrawal withdrawal) {
        open.merge(
                name(who, id),
                List.of(withdrawal),
                (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
    }

    void ended(Authenticated who, JsonNode id, Withdrawal withdrawal) {
        open.computeIfPresent(name(who, id), (name, all) -> {
            List<Withdrawal> left =
                    all.stream().filter(one -> !one.equals(withdrawal)).toList();
            return left.isEmpty() ? null : left;
        });
    }

    /// Cancels the one open request of that id that came with the same key, if there is exactly one.
    void cancel(Authenticated who, JsonNode id) {
        List<Withdrawal> meant = open.getOrDefault(name(who, id), List.of());
        if (meant.size() == 1) {
            meant.getFirst().say();
        }
    }

    int size() {
        return open.size();
    }

    private static Name name(Authenticated who, JsonNode id) {
        return new Name(who.keyId(), id.toString());
    }
}
