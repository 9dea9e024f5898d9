package dev.toolkeep.limits;

/// One place among a caller's calls at the same time. Closing gives it back, once: closing again does nothing.
@FunctionalInterface
public interface Lease extends AutoCloseable {
    @Override
    void close();
}
