package dev.toolkeep.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Policy revisions that live as long as the process: for tests, benchmarks and embedded use. Thread-safe.
public final class MemoryPolicies implements Policies {
    private final Deque<PolicyText> newestFirst = new ArrayDeque<>();

    @Override
    public synchronized Optional<PolicyText> current() {
        return Optional.ofNullable(newestFirst.peekFirst());
    }

    @Override
    public synchronized List<PolicyText> history() {
        return newestFirst.stream().limit(100).toList();
    }

    @Override
    public synchronized void save(PolicyText text) {
        PolicyText current = newestFirst.peekFirst();
        if (text.revision() != (current == null ? 1 : current.revision() + 1)) {
            throw new IllegalStateException("somebody else saved the policy meanwhile: revision " + text.revision()
                    + " does not follow the current one");
        }
        newestFirst.addFirst(text);
    }
}
