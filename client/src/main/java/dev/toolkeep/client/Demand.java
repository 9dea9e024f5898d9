package dev.toolkeep.client;

import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How many pieces a subscriber still wants (Reactive Streams, section 3). Thread-safe.
final class Demand implements Flow.Subscription {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long wanted;
    private boolean cancelled;
    private boolean wrong;
    private @Nullable ToolStream open;

    /// What a waiting stream may do next.
    enum Next {
        WANTED,
        CANCELLED,
        WRONG
    }

    @Override
    public void request(long n) {
        change(() -> {
            if (n <= 0) {
                wrong = true;
            } else {
                wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
            }
        });
    }

    @Override
    public void cancel() {
        ToolStream ended = change(() -> cancelled = true);
        if (ended != null) {
            ended.close();
        }
    }

    /// The stream to close when the subscriber cancels; at once when it has.
    void closes(ToolStream stream) {
        change(() -> open = stream);
        if (cancelled()) {
            stream.close();
        }
    }

    boolean cancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a piece is wanted, and counts it.
    Next await() {
        lock.lock();
        try {
            while (wanted == 0 && !cancelled && !wrong) {
                changed.awaitUninterruptibly();
            }
            if (cancelled) {
                return Next.CANCELLED;
            }
            if (wrong) {
                return Next.WRONG;
            }
            wanted = wanted == Long.MAX_VALUE ? wanted : wanted - 1;
            return Next.WANTED;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ToolStream change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
            return open;
        } finally {
            lock.unlock();
        }
    }
}
