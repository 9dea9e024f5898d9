package dev.toolkeep.protocol.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Messages that wait to be written, at most `bound` bytes of them: a child that does not read costs memory only up to
/// that and stops nobody. Thread-safe.
final class Outbox {
    private static final int PER_MESSAGE = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final int bound;
    private List<byte[]> waiting = new ArrayList<>();
    private long bytes;
    private boolean closed;

    Outbox(int bound) {
        this.bound = bound;
    }

    /// False when there is no room, or no reader any more.
    boolean offer(byte[] message) {
        lock.lock();
        try {
            if (closed || bytes + message.length + PER_MESSAGE > bound) {
                return false;
            }
            waiting.add(message);
            bytes += message.length + PER_MESSAGE;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for messages and takes all there are; empty when closed.
    List<byte[]> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                filled.await();
            }
            List<byte[]> taken = waiting;
            waiting = new ArrayList<>();
            bytes = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
