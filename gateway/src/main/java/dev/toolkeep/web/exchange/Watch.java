package dev.toolkeep.web.exchange;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/// One connection and the moment its patience ends. Whoever sweeps closes what is overdue, so a peer that drips bytes
/// gains nothing: only a finished step moves the moment. Belongs to one event loop.
public final class Watch {
    private static final Runnable NOTHING = () -> {};

    private final HttpConnection connection;
    private final String address;
    private final Duration idle;
    private long deadline;
    private Runnable overdue = NOTHING;

    public Watch(HttpConnection connection, Duration idle, Duration first) {
        this.connection = connection;
        this.address = connection.remoteAddress().hostAddress();
        this.idle = idle;
        until(first, NOTHING);
    }

    /// The peer's IP address, as text.
    public String address() {
        return address;
    }

    /// The next step must be done within `patience`, else `overdue` runs and the connection ends.
    void until(Duration patience, Runnable overdue) {
        this.overdue = overdue;
        deadline = System.nanoTime() + patience.toNanos();
    }

    void until(Duration patience) {
        until(patience, NOTHING);
    }

    /// A tool is working; its own deadline counts.
    void working() {
        until(Duration.ofDays(1), NOTHING);
    }

    /// The next request must have arrived, head and all, within the idle time.
    void idle() {
        until(idle, NOTHING);
    }

    public void sweep(long now) {
        if (now - deadline > 0) {
            overdue.run();
            close();
        }
    }

    void close() {
        connection.close();
    }
}
