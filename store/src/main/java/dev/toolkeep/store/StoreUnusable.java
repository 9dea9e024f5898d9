package dev.toolkeep.store;

import org.jspecify.annotations.Nullable;

/// The store cannot be opened, read or written. The message is one sentence for the person who runs the server: what
/// is wrong, where, and what to do; it holds no password and no kept value.
public final class StoreUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public StoreUnusable(String message) {
        this(message, null);
    }
}
