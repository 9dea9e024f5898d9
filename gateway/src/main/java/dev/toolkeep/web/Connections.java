package dev.toolkeep.web;

import dev.toolkeep.web.exchange.Watch;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The connections of one event loop, and the count over all loops.
final class Connections {
    private final IdentityHashMap<HttpConnection, Watch> watches = new IdentityHashMap<>();
    private final AtomicInteger open;
    private final int most;
    private final DoorOptions.Patience patience;

    /// @param open how many are open, shared by all loops
    Connections(AtomicInteger open, int most, DoorOptions.Patience patience) {
        this.open = open;
        this.most = most;
        this.patience = patience;
    }

    void opened(HttpConnection connection) {
        int now = open.incrementAndGet();
        watches.put(connection, new Watch(connection, patience.idle(), patience.head()));
        connection.closeHandler(_ -> {
            open.decrementAndGet();
            watches.remove(connection);
        });
        if (now > most) {
            connection.close();
        }
    }

    Watch of(HttpConnection connection) {
        Watch watch = watches.get(connection);
        if (watch == null) {
            throw new IllegalStateException("a request on a connection that is not open");
        }
        return watch;
    }

    void sweep() {
        long now = System.nanoTime();
        for (Watch watch : new ArrayList<>(watches.values())) {
            watch.sweep(now);
        }
    }
}
