package dev.toolkeep.web.exchange;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection and the moment its patience ends. Whoever sweeps closes what is overdue, so a peer that drips bytes
/// gains nothing: only a finished step moves the moment. Belongs to one event loop.
public final class Watch {
    private final HttpConnection connection;
    private final String address;
    private final Duration idle;
    private long deadline;
    private @Nullable Runnable overdue;
    private boolean leaving;

    public Watch(HttpConnection connection, Duration idle, Duration first) {
        this.connection = connection;
        this.address = connection.remoteAddress().hostAddress();
        this.idle = idle;
        until(first);
    }

    /// The peer's IP address, as text.
    public String address() {
        return address;
    }

    /// As [#until(Duration)]; `overdue` runs before the connection ends.
    void until(Duration patience, Runnable overdue) {
        until(patience);
        this.overdue = overdue;
    }

    /// The next step must be done within `patience`, else the connection ends.
    void until(Duration patience) {
        overdue = null;
        deadline = System.nanoTime() + patience.toNanos();
    }

    /// A tool is working; its own deadline counts.
    void working() {
        until(Duration.ofDays(1));
    }

    /// The next request must have arrived, head and all, within the idle time.
    void idle() {
        until(idle);
    }

    /// The connection ends with the answer that is on its way; nothing more is read from it.
    void leave() {
        leaving = true;
    }

    public boolean leaving() {
        return leaving;
    }

    public void sweep(long now) {
        if (now - deadline > 0) {
            Runnable last = overdue;
            if (last != null) {
                last.run();
            }
            close();
        }
    }

    void close() {
        connection.close();
    }
}
