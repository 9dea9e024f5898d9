package dev.toolkeep.protocol.mcp;

import dev.toolkeep.tool.ToolFault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The questions of one connection that wait for an answer, by id; at most `bound` of them. Thread-safe.
final class Pending {
    private final ConcurrentHashMap<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final int bound;
    private volatile @Nullable ToolFault ended;

    Pending(int bound) {
        this.bound = bound;
    }

    record Waiting(Ask ask, CompletableFuture<Reply> reply) {}

    /// A place for the question. Its reply is already there when the connection has ended or holds too many.
    Waiting add(Ask ask) {
        Waiting entry = new Waiting(ask, new CompletableFuture<>());
        if (waiting.size() >= bound) {
            entry.reply().complete(Reply.broken(ToolFault.Kind.UNREACHABLE, "too many calls wait for the MCP server"));
            return entry;
        }
        waiting.put(ask.id(), entry);
        ToolFault fault = ended;
        if (fault != null) {
            waiting.remove(ask.id());
            entry.reply().complete(new Reply.Broken(fault));
        }
        return entry;
    }

    @Nullable
    Waiting find(long id) {
        return waiting.get(id);
    }

    /// The one question that waits, or null when there is none or more than one.
    @Nullable
    Waiting only() {
        var all = waiting.values().iterator();
        Waiting first = all.hasNext() ? all.next() : null;
        return all.hasNext() ? null : first;
    }

    /// Answers the question; false when nobody asked it or somebody answered before.
    boolean answer(long id, Reply reply) {
        Waiting entry = waiting.remove(id);
        return entry != null && entry.reply().complete(reply);
    }

    boolean withdraw(long id) {
        return waiting.remove(id) != null;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Answers every question, now and from now on, with the fault.
    void end(ToolFault fault) {
        ended = fault;
        for (Long id : waiting.keySet()) {
            answer(id, new Reply.Broken(fault));
        }
    }
}
